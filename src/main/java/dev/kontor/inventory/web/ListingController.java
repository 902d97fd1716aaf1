package dev.kontor.inventory.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.api.IfMatch;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Version;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.reservations.Linking;

@RestController
@RequestMapping("/api/v1/listings")
@Tag(name = "Listings")
class ListingController {

    static final int MOST_UNITS = 10_000;

    private final Listings listings;
    private final Linking linking;
    private final Items items;
    private final Accounts accounts;
    private final Clock clock;

    ListingController(Listings listings, Linking linking, Items items, Accounts accounts, Clock clock) {
        this.listings = listings;
        this.linking = linking;
        this.items = items;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param externalId the marketplace's id of the offer
     * @param item that it sells, absent as long as nobody has said
     * @param units how many of the item one sale takes
     */
    @Schema(name = "Listing")
    record ListingBody(
            UUID id,
            UUID account,
            String externalId,
            String variant,
            @Nullable String sku,
            String name,
            @Nullable UUID item,
            @Nullable Integer units,
            @Nullable String linkedBy,
            Instant seenAt) {

        static ListingBody of(Listing listing) {
            var link = listing.link();
            return new ListingBody(
                    listing.id().value(),
                    listing.account().value(),
                    listing.externalId(),
                    listing.variant(),
                    listing.sku(),
                    listing.name(),
                    link == null ? null : link.item().value(),
                    link == null ? null : link.units(),
                    link == null ? null : link.by(),
                    listing.seenAt());
        }
    }

    @GetMapping
    @Operation(summary = "List what is for sale, the longest known first")
    Page<ListingBody> list(
            @RequestParam @Nullable UUID account,
            @RequestParam @Nullable UUID item,
            @RequestParam @Nullable Boolean linked,
            PageQuery page) {
        var filter = new Listings.Filter(
                account == null ? null : new AccountId(account), item == null ? null : new ItemId(item), linked);
        var after = page.after(Listings.Position.class).orElse(null);
        var found = listings.list(filter, after, page.limit() + 1);
        return Page.cut(found, page, Listings.Position::of).map(ListingBody::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get one listing")
    ResponseEntity<ListingBody> get(@PathVariable UUID id) {
        return answer(listings.find(new ListingId(id)).orElseThrow(() -> NotFound.of("listing", id)));
    }

    /** @param variant absent where the offer has none */
    @Schema(name = "NewListing")
    record NewListing(
            @NotNull UUID account,
            @NotBlank @Size(max = 200) String externalId,
            @Nullable @Size(max = 200) String variant,
            @Nullable @Size(max = 200) String sku,
            @NotBlank @Size(max = 500) String name) {}

    @PostMapping
    @Operation(
            summary = "Tell of a listing that no order has told of yet",
            description = "One that is known already is answered as it is.")
    ResponseEntity<ListingBody> add(@Valid @RequestBody NewListing body) {
        var account = new AccountId(body.account());
        if (accounts.find(account).isEmpty()) {
            throw new InvalidField("account", "is the id of no account");
        }
        var offer = new Seen(body.externalId(), body.variant() == null ? "" : body.variant(), body.sku(), body.name());
        return answer(listings.seen(account, List.of(offer), clock.instant())
                .values()
                .iterator()
                .next());
    }

    /** @param units how many of the item one sale takes; 1 where it is absent */
    @Schema(name = "NewLink")
    record NewLink(
            @Schema(description = "SKU or id of the item") @NotNull
            String item,

            @Nullable @Min(1) @Max(MOST_UNITS) Integer units) {}

    @PutMapping("/{id}/link")
    @Operation(
            summary = "Say which item a listing sells",
            description = "Its open orders follow at once. What was shipped before stays as it was.")
    ResponseEntity<ListingBody> link(
            @PathVariable UUID id,
            @Valid @RequestBody NewLink body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        var item = items.find(body.item()).orElseThrow(() -> new InvalidField("item", "is the SKU of no item"));
        var link = new Link(item.id(), body.units() == null ? 1 : body.units(), StockController.actor(caller));
        return answer(linking.link(new ListingId(id), link, version -> require(seen, version)));
    }

    @DeleteMapping("/{id}/link")
    @Operation(
            summary = "Take back which item a listing sells",
            description = "What its orders have reserved is released, and kept until the listing is linked again.")
    ResponseEntity<ListingBody> unlink(
            @PathVariable UUID id, @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen) {
        return answer(linking.link(new ListingId(id), null, version -> require(seen, version)));
    }

    private static void require(@Nullable IfMatch seen, long version) {
        if (seen != null) {
            seen.require(new Version(version));
        }
    }

    private static ResponseEntity<ListingBody> answer(Listing listing) {
        return ResponseEntity.ok().eTag(new Version(listing.version()).etag()).body(ListingBody.of(listing));
    }
}
