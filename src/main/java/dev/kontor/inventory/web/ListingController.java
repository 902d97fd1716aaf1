package dev.kontor.inventory.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
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
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Table;
import dev.kontor.api.Version;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.listings.Fulfilment;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listing.Stock;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Filter;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.listings.StockState;
import dev.kontor.inventory.publication.Writes;
import dev.kontor.inventory.reservations.Linking;
import dev.kontor.marketplaces.Listing.Status;

@RestController
@RequestMapping("/api/v1/listings")
@Guarded(Area.INVENTORY)
@Tag(name = "Listings")
class ListingController {

    static final int MOST_UNITS = 10_000;

    private final Listings listings;
    private final Linking linking;
    private final Items items;
    private final Accounts accounts;
    private final Writes writes;
    private final Clock clock;
    private final AuditLog audit;
    private final TransactionOperations transaction;

    ListingController(
            Listings listings,
            Linking linking,
            Items items,
            Accounts accounts,
            Writes writes,
            Clock clock,
            AuditLog audit,
            TransactionOperations transaction) {
        this.transaction = transaction;
        this.audit = audit;
        this.listings = listings;
        this.linking = linking;
        this.items = items;
        this.accounts = accounts;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * @param externalId the marketplace's id of the offer
     * @param item that it sells, absent as long as nobody has said
     * @param units how many of the item one sale takes
     * @param fulfilment from whose shelf it is sent; one that the MARKETPLACE sends touches no own stock
     * @param status absent as long as the marketplace has not told of it, but only its orders
     * @param marketplaceStatus the marketplace's own word
     * @param shown the quantity that buyers are shown; absent where it was never known, which is not zero
     * @param shownAsOf it was shown at this instant or later
     * @param readAt when the marketplace told of it last
     * @param goneAt since when the marketplace has no such listing
     * @param state how far it has come that it shows what it is to show
     * @param desired what it is to show, absent where that is nobody's business
     * @param expected what it shows or has sold unseen, as far as is known
     * @param inFlight what it shows when the write that is under way is done; absent where none is
     * @param inFlightSince when that was sent
     * @param verified what buyers were last seen to be shown when it was what they were to be shown
     * @param behindFor how many seconds it has been to show something else than it was last seen to show
     * @param plan that keeps a change back
     * @param problem why the last write did not do what it was to do
     */
    @Schema(name = "Listing")
    record ListingBody(
            UUID id,
            UUID account,
            @Schema(example = "14520187639") String externalId,
            @Schema(example = "") String variant,
            @Schema(example = "CUP-BLUE") @Nullable String sku,
            @Schema(example = "5901234123457") @Nullable String ean,
            @Schema(example = "Blue cup") String name,
            @Nullable UUID item,
            @Nullable Integer units,
            @Schema(example = "sku") @Nullable String linkedBy,
            @Nullable Fulfilment fulfilment,
            @Nullable Status status,
            @Schema(example = "ACTIVE") @Nullable String marketplaceStatus,
            @Nullable Integer shown,
            @Nullable Instant shownAsOf,
            @Nullable Instant readAt,
            @Nullable Instant goneAt,
            StockState state,
            @Nullable Long desired,
            @Nullable Long expected,
            @Nullable Long inFlight,
            @Nullable Instant inFlightSince,
            @Nullable Long verified,
            @Nullable Instant verifiedAt,
            @Nullable Long behindFor,
            @Nullable UUID plan,

            @Schema(example = "the marketplace refused the write") @Nullable
            String problem,

            Instant seenAt) {

        static ListingBody of(Listing listing, Instant now) {
            var stock = listing.stock();
            var link = listing.link();
            var reading = listing.reading();
            return new ListingBody(
                    listing.id().value(),
                    listing.account().value(),
                    listing.externalId(),
                    listing.variant(),
                    listing.sku(),
                    listing.ean(),
                    listing.name(),
                    link == null ? null : link.item().value(),
                    link == null ? null : link.units(),
                    link == null ? null : link.by(),
                    reading == null ? null : reading.fulfilment(),
                    reading == null ? null : reading.status(),
                    reading == null ? null : reading.marketplaceStatus(),
                    reading == null ? null : reading.quantity(),
                    reading == null ? null : reading.quantityAsOf(),
                    reading == null ? null : reading.readAt(),
                    reading == null ? null : reading.goneAt(),
                    stock.state(),
                    stock.desired(),
                    stock.expected(),
                    stock.inFlight(),
                    stock.inFlightSince(),
                    stock.verified(),
                    stock.verifiedAt(),
                    behind(stock, now),
                    stock.plan(),
                    stock.reason(),
                    listing.seenAt());
        }

        private static @Nullable Long behind(Stock stock, Instant now) {
            var since = stock.desiredAt();
            return since == null || stock.state() == StockState.VERIFIED
                    ? null
                    : Math.max(0, Duration.between(since, now).toSeconds());
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List what is for sale, the longest known first")
    Page<ListingBody> list(
            @RequestParam @Nullable UUID account,
            @RequestParam @Nullable UUID item,
            @RequestParam @Nullable Boolean linked,
            @RequestParam @Nullable Status status,
            @RequestParam @Nullable Boolean gone,
            @RequestParam @Nullable StockState state,
            PageQuery page) {
        var filter = filter(account, item, linked, status, gone, state);
        var after = page.after(Listings.Position.class).orElse(null);
        var found = listings.list(filter, after, page.limit() + 1);
        return Page.cut(found, page, Listings.Position::of).map(listing -> ListingBody.of(listing, clock.instant()));
    }

    private static Filter filter(
            @Nullable UUID account,
            @Nullable UUID item,
            @Nullable Boolean linked,
            @Nullable Status status,
            @Nullable Boolean gone,
            @Nullable StockState state) {
        return new Filter(
                account == null ? null : new AccountId(account),
                item == null ? null : new ItemId(item),
                linked,
                status,
                gone,
                state);
    }

    @GetMapping(produces = {Table.CSV, Table.XLSX})
    @Operation(summary = "Export what is for sale as a table")
    Table<ListingTable.Row> export(
            @RequestParam @Nullable UUID account,
            @RequestParam @Nullable UUID item,
            @RequestParam @Nullable Boolean linked,
            @RequestParam @Nullable Status status,
            @RequestParam @Nullable Boolean gone,
            @RequestParam @Nullable StockState state) {
        var filter = filter(account, item, linked, status, gone, state);
        return ListingTable.of(rows -> listings.forEach(filter, rows), items);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get one listing")
    ResponseEntity<ListingBody> get(@PathVariable UUID id) {
        return answer(listings.find(new ListingId(id)).orElseThrow(() -> NotFound.of("listing", id)));
    }

    @GetMapping("/{id}/writes")
    @Operation(
            summary = "List what was sent to the marketplace, the newest first",
            description = "Each write with the terms that add up to what the listing was to show, and what came of it.")
    Page<WriteBody> writes(@PathVariable UUID id, PageQuery page) {
        var listing = listings.find(new ListingId(id)).orElseThrow(() -> NotFound.of("listing", id));
        var found = writes.list(listing.id(), page.after(Writes.Place.class).orElse(null), page.limit() + 1);
        return Page.cut(found, page, Writes.Place::of).map(WriteBody::of);
    }

    /** @param variant absent where the offer has none */
    @Schema(name = "NewListing")
    record NewListing(
            @NotNull UUID account,

            @Schema(example = "14520187639") @NotBlank @Size(max = 200)
            String externalId,

            @Schema(example = "") @Nullable @Size(max = 200) String variant,

            @Schema(example = "CUP-BLUE") @Nullable @Size(max = 200)
            String sku,

            @Schema(example = "Blue cup") @NotBlank @Size(max = 500)
            String name) {}

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
        return answer(Objects.requireNonNull(transaction.execute(_ -> add(account, offer))));
    }

    private Listing add(AccountId account, Seen offer) {
        var known = listings.of(account, List.of(offer.externalId()));
        var listing = listings.seen(account, List.of(offer), clock.instant())
                .values()
                .iterator()
                .next();
        if (known.isEmpty()) {
            audit.record(Act.of("listing.added", "listing", listing.id())
                    .field("account", account)
                    .label("externalId", offer.externalId())
                    .label("sku", offer.sku())
                    .label("name", offer.name()));
        }
        return listing;
    }

    /** @param units how many of the item one sale takes; 1 where it is absent */
    @Schema(name = "NewLink")
    record NewLink(
            @Schema(example = "CUP-BLUE", description = "SKU or id of the item") @NotNull
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
        var link = new Link(item.id(), body.units() == null ? 1 : body.units(), caller.actor());
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

    private ResponseEntity<ListingBody> answer(Listing listing) {
        return ResponseEntity.ok()
                .eTag(new Version(listing.version()).etag())
                .body(ListingBody.of(listing, clock.instant()));
    }
}
