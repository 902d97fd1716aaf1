package dev.kontor.inventory.truth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Gtin;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Filter;
import dev.kontor.inventory.listings.Proposals;
import dev.kontor.inventory.reading.ListingRounds;
import dev.kontor.inventory.reading.UnreadableListings;
import dev.kontor.inventory.reservations.Linking;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.inventory.reservations.Takeovers;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.inventory.reservations.Takeovers.Takeover;
import dev.kontor.inventory.reservations.Takeovers.Truth;
import dev.kontor.orders.OrderFlow;

/**
 * Asks which side is the truth of an account's stock. Until that is answered its orders move nothing and nothing is
 * written to it.
 */
@Component
public class StockTruth {

    private static final Duration FRESH = Duration.ofDays(1);

    private final Takeovers takeovers;
    private final StockTakeover takeover;
    private final Comparisons comparisons;
    private final Listings listings;
    private final Proposals proposals;
    private final Linking linking;
    private final ListingRounds rounds;
    private final UnreadableListings unreadable;
    private final Items items;
    private final Catalogue catalogue;
    private final Positions positions;
    private final Warehouses warehouses;
    private final OrderFlow flow;
    private final Clock clock;
    private final AuditLog audit;

    StockTruth(
            Takeovers takeovers,
            StockTakeover takeover,
            Comparisons comparisons,
            Listings listings,
            Proposals proposals,
            Linking linking,
            ListingRounds rounds,
            UnreadableListings unreadable,
            Items items,
            Catalogue catalogue,
            Positions positions,
            Warehouses warehouses,
            OrderFlow flow,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.takeovers = takeovers;
        this.takeover = takeover;
        this.comparisons = comparisons;
        this.listings = listings;
        this.proposals = proposals;
        this.linking = linking;
        this.rounds = rounds;
        this.unreadable = unreadable;
        this.items = items;
        this.catalogue = catalogue;
        this.positions = positions;
        this.warehouses = warehouses;
        this.flow = flow;
        this.clock = clock;
    }

    /** @param from null for as late as no sale is passed over */
    public record Answer(Truth truth, Mode mode, @Nullable Instant from, boolean createItems) {}

    /**
     * How far both sides are apart.
     *
     * @param listings that are sent from the seller's own shelf and are not gone
     * @param proposed unlinked ones of which Kontor has a guess
     * @param withoutItem unlinked ones of which it has none
     * @param uncounted items that nobody has counted, and of which the marketplace shows a number
     * @param readAt when all listings were read last, null where they were not yet
     * @param differing listings that show another number than Kontor has, the furthest apart first
     */
    public record Figures(
            int listings,
            int linked,
            int proposed,
            int withoutItem,
            long unreadable,
            int uncounted,
            @Nullable Instant readAt,
            List<Comparison> differing) {}

    /** @param created items that were made of listings; @param counted items whose first number came from them */
    public record Answered(Takeover takeover, int created, int counted) {}

    @Transactional(readOnly = true)
    public Figures figures(AccountId account) {
        var unlinked = new ArrayList<ListingId>();
        listings.forEach(new Filter(account, null, false, null, false, null), listing -> {
            if (!listing.fulfilledByMarketplace()) {
                unlinked.add(listing.id());
            }
        });
        var proposed = proposals.open(unlinked);
        var compared = comparisons.of(account);
        return new Figures(
                unlinked.size() + compared.size(),
                compared.size(),
                proposed.size(),
                unlinked.size() - proposed.size(),
                unreadable.count(account),
                firstCount(account).items(),
                rounds.find(account).map(ListingRounds.Round::wholeAt).orElse(null),
                compared.stream()
                        .filter(Comparison::differs)
                        .sorted(Comparator.comparingLong(Comparison::distance).reversed())
                        .toList());
    }

    /** @param seen refuses a version that the caller has not seen; asked where something is to be changed */
    @Transactional
    public Answered answer(AccountId account, Answer answer, LongConsumer seen, String actor) {
        var before = takeovers.find(account);
        if (before.isPresent()) {
            var changed = change(before.get(), answer, seen);
            audit.record(Act.of("stock-truth.mode-changed", "account", account)
                    .field("mode", before.get().mode(), changed.mode()));
            return new Answered(changed, 0, 0);
        }
        var answered = switch (answer.truth()) {
            case KONTOR -> kontor(account, answer, actor);
            case MARKETPLACE -> marketplace(account, answer, actor);
        };
        audit.record(Act.of("stock-truth.said", "account", account)
                .field("truth", answered.takeover().truth())
                .field("mode", answered.takeover().mode())
                .field("from", answered.takeover().from())
                .field("createdItems", answered.created())
                .field("countedItems", answered.counted()));
        return answered;
    }

    private Takeover change(Takeover before, Answer answer, LongConsumer seen) {
        if (answer.truth() != before.truth()
                || answer.createItems()
                || (answer.from() != null && !answer.from().equals(before.from()))) {
            throw new Conflict(
                    "stock-taken-over",
                    "The truth is " + before.truth() + ", and its orders move stock since " + before.from()
                            + "; only the mode can be changed.");
        }
        return takeover.change(before.account(), answer.mode(), seen);
    }

    private Answered kontor(AccountId account, Answer answer, String actor) {
        if (answer.createItems()) {
            throw new InvalidField("createItems", "goes with truth MARKETPLACE only");
        }
        var from = answer.from() == null ? clock.instant() : answer.from();
        var beginning = new Beginning(Truth.KONTOR, answer.mode(), from, taken -> List.of());
        var begun = takeover.takeOver(account, beginning, actor);
        if (answer.from() != null) {
            mustBeArchived(account, from, from);
        }
        return new Answered(begun, 0, 0);
    }

    private Answered marketplace(AccountId account, Answer answer, String actor) {
        var now = clock.instant();
        var readAt = rounds.find(account).map(ListingRounds.Round::wholeAt).orElse(null);
        if (readAt == null || readAt.isBefore(now.minus(FRESH))) {
            throw new Conflict(
                    "listings-not-read", "What it shows has not been read of late; read all listings first.");
        }
        var created = answer.createItems() ? createItems(account) : 0;
        var count = firstCount(account);
        var latest = count.since().orElse(now);
        var from = answer.from() == null ? latest : answer.from();
        if (from.isAfter(latest)) {
            throw new InvalidField("from", "must not be later than " + latest + ", when some listing was read");
        }
        mustBeArchived(account, from, count.until().orElse(from));
        var warehouse = warehouses.preferred().id();
        var beginning = new Beginning(
                Truth.MARKETPLACE,
                answer.mode(),
                from,
                taken -> count.entries(taken, warehouse, account.toString(), actor));
        return new Answered(takeover.takeOver(account, beginning, actor), created, count.items());
    }

    /** One that came later would be taken off what is shown, although it is not in it any more. */
    private void mustBeArchived(AccountId account, Instant from, Instant until) {
        if (!flow.archived(account, from, until)) {
            throw new Conflict(
                    "orders-not-read",
                    "Not all orders that were placed since " + from + " are in the archive yet; answer when they are.");
        }
    }

    private FirstCount firstCount(AccountId account) {
        var candidates = new ArrayList<Listing>();
        listings.forEach(new Filter(account, null, true, null, false, null), candidates::add);
        var sold =
                items.byId(candidates.stream().map(StockTruth::item).distinct().toList());
        var counted = positions.firstCounts(sold.keySet()).keySet();
        return new FirstCount(candidates.stream()
                .filter(listing -> {
                    var item = Objects.requireNonNull(sold.get(item(listing)));
                    return item.type().stocked() && !counted.contains(item.id());
                })
                .toList());
    }

    private static ItemId item(Listing listing) {
        return Objects.requireNonNull(listing.link()).item();
    }

    /** Of listings whose SKU is no item's and of which there is no better guess. */
    private int createItems(AccountId account) {
        var unlinked = new ArrayList<Listing>();
        listings.forEach(new Filter(account, null, false, null, false, null), unlinked::add);
        var ids = unlinked.stream().map(Listing::id).toList();
        linking.matchAgain(account, ids);
        var known = proposals.any(ids);
        var wishes = new LinkedHashMap<String, ItemWish>();
        listings.find(ids).stream()
                .filter(listing -> listing.link() == null && !known.contains(listing.id()))
                .forEach(listing -> wish(listing).ifPresent(wish -> wishes.putIfAbsent(wish.sku(), wish)));
        items.bySku(wishes.keySet()).keySet().forEach(wishes::remove);
        if (!wishes.isEmpty()) {
            catalogue.save(List.copyOf(wishes.values()));
            linking.matchAgain(account, ids);
        }
        return wishes.size();
    }

    private static Optional<ItemWish> wish(Listing listing) {
        var sku = listing.sku();
        if (sku == null) {
            return Optional.empty();
        }
        var ean = Optional.ofNullable(listing.ean()).flatMap(Gtin::parse).map(Gtin::digits);
        return Optional.of(new ItemWish(sku, listing.name(), ean.orElse(null), ItemType.SIMPLE, List.of()))
                .filter(wish -> wish.problems().isEmpty());
    }
}
