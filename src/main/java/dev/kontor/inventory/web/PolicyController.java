package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.PreconditionFailed;
import dev.kontor.api.Version;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Policy;
import dev.kontor.inventory.allocation.Policy.Field;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.policies.Policies;
import dev.kontor.inventory.policies.Policies.StoredPolicy;
import dev.kontor.inventory.policies.PolicyChange;
import dev.kontor.inventory.policies.PolicyPreview;
import dev.kontor.inventory.policies.PolicyPreview.Difference;
import dev.kontor.inventory.policies.PolicyTarget;
import dev.kontor.inventory.policies.PolicyWish;

@RestController
@RequestMapping("/api/v1/policies")
@Guarded(Area.INVENTORY)
@Tag(name = "Policies")
class PolicyController {

    private final Policies policies;
    private final PolicyChange change;
    private final PolicyPreview preview;
    private final Accounts accounts;
    private final Items items;
    private final Listings listings;

    PolicyController(
            Policies policies,
            PolicyChange change,
            PolicyPreview preview,
            Accounts accounts,
            Items items,
            Listings listings) {
        this.policies = policies;
        this.change = change;
        this.preview = preview;
        this.accounts = accounts;
        this.items = items;
        this.listings = listings;
    }

    /** What a level says; whatever is absent is left to the other levels. */
    @Schema(name = "Policy")
    record PolicyBody(
            Level level,

            @Schema(description = "Id of the item, account or listing; absent for the default") @Nullable
            UUID subject,

            @Nullable Strategy strategy,
            @Nullable Integer buffer,
            @Nullable Integer minimum,
            @Nullable Integer maximum,
            @Nullable Boolean paused,
            String changedBy,
            Instant changedAt) {

        static PolicyBody of(StoredPolicy stored) {
            var target = stored.target();
            var wish = stored.wish();
            return new PolicyBody(
                    target.level(),
                    target.level() == Level.DEFAULT ? null : target.subject(),
                    wish.strategy(),
                    wish.buffer(),
                    wish.minimum(),
                    wish.maximum(),
                    wish.paused(),
                    stored.changedBy(),
                    stored.changedAt());
        }
    }

    @Schema(name = "NewPolicy")
    record NewPolicy(
            @Schema(
                    description =
                            "MIRROR: each listing shows all there is; ESCROW: the units are divided, so that none is"
                                    + " sold twice; AUTO: mirrored while there is plenty, the last ones divided")
            @Nullable
            Strategy strategy,

            @Schema(description = "Units of each item that the listing leaves alone") @Nullable
            Integer buffer,

            @Schema(description = "Fewer than these are not shown") @Nullable
            Integer minimum,

            @Schema(description = "More than these are not shown") @Nullable
            Integer maximum,

            @Schema(description = "Shows none") @Nullable Boolean paused) {

        PolicyWish wish() {
            return new PolicyWish(strategy, buffer, minimum, maximum, paused);
        }
    }

    @GetMapping("/default")
    @Operation(
            summary = "Get what holds where nothing nearer says otherwise",
            description =
                    "Each field of a policy is taken from the listing's, else the account's, else the item's, else"
                            + " the default policy. Where none says anything: AUTO, no buffer, no minimum, no maximum.")
    ResponseEntity<PolicyBody> getDefault() {
        return get(PolicyTarget.DEFAULT);
    }

    @GetMapping("/accounts/{id}")
    @Operation(summary = "Get an account's policy")
    ResponseEntity<PolicyBody> getOfAccount(@PathVariable UUID id) {
        return get(account(id));
    }

    @GetMapping("/items/{sku}")
    @Operation(summary = "Get an item's policy, by its SKU or its id")
    ResponseEntity<PolicyBody> getOfItem(@PathVariable String sku) {
        return get(item(sku));
    }

    @GetMapping("/listings/{id}")
    @Operation(summary = "Get a listing's own policy")
    ResponseEntity<PolicyBody> getOfListing(@PathVariable UUID id) {
        return get(listing(id));
    }

    @PutMapping("/default")
    @Operation(summary = "Say what holds where nothing nearer says otherwise")
    ResponseEntity<PolicyBody> putDefault(
            @Valid @RequestBody NewPolicy body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return put(PolicyTarget.DEFAULT, body, seen, caller);
    }

    @PutMapping("/accounts/{id}")
    @Operation(summary = "Say what holds for an account's listings")
    ResponseEntity<PolicyBody> putForAccount(
            @PathVariable UUID id,
            @Valid @RequestBody NewPolicy body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return put(account(id), body, seen, caller);
    }

    @PutMapping("/items/{sku}")
    @Operation(
            summary = "Say what holds for the listings that sell an item",
            description = "What a bundle's listings show is decided by the bundle's policy, not by those of its parts.")
    ResponseEntity<PolicyBody> putForItem(
            @PathVariable String sku,
            @Valid @RequestBody NewPolicy body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return put(item(sku), body, seen, caller);
    }

    @PutMapping("/listings/{id}")
    @Operation(summary = "Say what holds for a listing")
    ResponseEntity<PolicyBody> putForListing(
            @PathVariable UUID id,
            @Valid @RequestBody NewPolicy body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return put(listing(id), body, seen, caller);
    }

    @DeleteMapping("/default")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take the default back; Kontor's own holds then")
    void deleteDefault(@RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen) {
        delete(PolicyTarget.DEFAULT, seen);
    }

    @DeleteMapping("/accounts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take an account's policy back")
    void deleteOfAccount(
            @PathVariable UUID id, @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen) {
        delete(account(id), seen);
    }

    @DeleteMapping("/items/{sku}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take an item's policy back")
    void deleteOfItem(
            @PathVariable String sku, @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen) {
        delete(item(sku), seen);
    }

    @DeleteMapping("/listings/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a listing's policy back")
    void deleteOfListing(
            @PathVariable UUID id, @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen) {
        delete(listing(id), seen);
    }

    /** @param from the level that decided a field; Kontor itself decided those that are missing */
    @Schema(name = "ResolvedPolicy")
    record ResolvedBody(
            Strategy strategy,
            int buffer,
            int minimum,
            @Nullable Integer maximum,
            boolean paused,
            Map<Field, Level> from) {

        static ResolvedBody of(Policy policy) {
            return new ResolvedBody(
                    policy.strategy(),
                    policy.buffer(),
                    policy.minimum(),
                    policy.maximum(),
                    policy.paused(),
                    new TreeMap<>(policy.from()));
        }
    }

    @GetMapping("/listings/{id}/resolved")
    @Operation(summary = "Tell what holds for a listing after all, and which level decided it")
    ResolvedBody resolved(@PathVariable UUID id) {
        listing(id);
        return policies.of(List.of(new ListingId(id))).values().stream()
                .map(ResolvedBody::of)
                .findFirst()
                .orElseThrow();
    }

    /** @param subject SKU or id of the item, or id of the account or listing */
    @Schema(name = "WishedPolicy")
    record WishedPolicy(
            @NotNull Level level,

            @Schema(description = "SKU or id of the item, id of the account or listing; absent for the default")
            @Nullable
            String subject,

            @Schema(description = "One that says nothing takes back what was said") @NotNull @Valid
            NewPolicy policy) {}

    @Schema(name = "PolicyDifference")
    record DifferenceBody(
            UUID listing, UUID account, int before, int after, boolean dividedBefore, boolean dividedAfter) {

        static DifferenceBody of(Difference difference) {
            return new DifferenceBody(
                    difference.listing().value(),
                    difference.account().value(),
                    difference.before(),
                    difference.after(),
                    difference.guardedBefore(),
                    difference.guardedAfter());
        }
    }

    /**
     * @param listings how many the policy is about, those that share items with them included
     * @param changed how many of them would show something else, or be divided where they are mirrored, or the reverse
     * @param toZero how many of them would show nothing instead of something
     * @param fromZero how many of them would show something instead of nothing
     */
    @Schema(name = "PolicyPreview")
    record PreviewBody(
            int listings,
            int changed,
            long toZero,
            long fromZero,
            List<DifferenceBody> items,
            @Nullable String next) {}

    private record Place(UUID listing) {}

    @PostMapping("/preview")
    @Operation(
            summary = "Tell what a policy would change, without changing it",
            description = "Worked out for the stock of this moment. Listings are in the order of their ids.")
    PreviewBody preview(@Valid @RequestBody WishedPolicy body, PageQuery page) {
        var after = page.after(Place.class).map(Place::listing).orElse(null);
        var previewed = preview.preview(target(body), body.policy().wish());
        var all = previewed.differences();
        var found = all.stream()
                .filter(it -> after == null || it.listing().value().compareTo(after) > 0)
                .limit(page.limit() + 1L)
                .toList();
        var cut = Page.cut(found, page, it -> new Place(it.listing().value())).map(DifferenceBody::of);
        return new PreviewBody(
                previewed.listings(),
                all.size(),
                all.stream().filter(it -> it.before() > 0 && it.after() == 0).count(),
                all.stream().filter(it -> it.before() == 0 && it.after() > 0).count(),
                cut.items(),
                cut.next());
    }

    private PolicyTarget target(WishedPolicy body) {
        var subject = body.subject();
        if (body.level() == Level.DEFAULT) {
            if (subject != null) {
                throw new InvalidField("subject", "must be absent for the default");
            }
            return PolicyTarget.DEFAULT;
        }
        if (subject == null) {
            throw new InvalidField("subject", "must tell whose policy is meant");
        }
        try {
            return switch (body.level()) {
                case ITEM -> item(subject);
                case ACCOUNT -> account(id(subject));
                case LISTING, DEFAULT -> listing(id(subject));
            };
        } catch (NotFound e) {
            throw new InvalidField("subject", "names no " + body.level().name().toLowerCase(Locale.ROOT));
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("subject", "must be an id");
        }
    }

    private PolicyTarget account(UUID id) {
        return PolicyTarget.of(accounts.find(new AccountId(id))
                .orElseThrow(() -> NotFound.of("account", id))
                .id());
    }

    private PolicyTarget item(String sku) {
        return PolicyTarget.of(
                items.find(sku).orElseThrow(() -> NotFound.of("item", sku)).id());
    }

    private PolicyTarget listing(UUID id) {
        return PolicyTarget.of(listings.find(new ListingId(id))
                .orElseThrow(() -> NotFound.of("listing", id))
                .id());
    }

    private ResponseEntity<PolicyBody> get(PolicyTarget target) {
        return answer(policies.find(target)
                .orElseThrow(() -> new NotFound("Nothing is said here; what holds is decided elsewhere.")));
    }

    private ResponseEntity<PolicyBody> put(PolicyTarget target, NewPolicy body, @Nullable IfMatch seen, Caller caller) {
        return answer(change.put(target, body.wish(), required(seen), caller.actor()));
    }

    private void delete(PolicyTarget target, @Nullable IfMatch seen) {
        change.delete(target, required(seen));
    }

    private static Consumer<OptionalLong> required(@Nullable IfMatch seen) {
        return version -> {
            if (seen != null) {
                seen.require(new Version(version.orElseThrow(
                        () -> new PreconditionFailed("There is nothing any more of what you read."))));
            }
        };
    }

    private static ResponseEntity<PolicyBody> answer(StoredPolicy stored) {
        return ResponseEntity.ok().eTag(new Version(stored.version()).etag()).body(PolicyBody.of(stored));
    }
}
