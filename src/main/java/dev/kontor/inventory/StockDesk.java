package dev.kontor.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.OrderId;

/** What people may ask about their goods, and say of them, elsewhere than over HTTP. */
public interface StockDesk {

    /** @param preferred whether it is the one that is meant where none is named */
    record Place(String warehouse, boolean preferred, long present, long reserved) {

        public long available() {
            return present - reserved;
        }
    }

    /** @param counted whether it has stock of its own, as a bundle has not */
    record Stocked(ItemId item, String sku, String name, boolean counted, List<Place> places) {

        public Stocked {
            places = List.copyOf(places);
        }

        public long present() {
            return places.stream().mapToLong(Place::present).sum();
        }

        public long reserved() {
            return places.stream().mapToLong(Place::reserved).sum();
        }

        public long available() {
            return present() - reserved();
        }
    }

    /** What a person said, and what had been there before. */
    record Counted(long before, long after) {}

    /** So many movements of a kind, and what they add up to. */
    record Term(String kind, long movements, long quantity) {}

    /**
     * A step by which a listing's quantity comes about.
     *
     * @param keepers the listings for which units are kept, whoever holds most first
     * @param moreKeepers how many more there are
     * @param since when what separates what is shown from what is to be shown is so
     */
    record ShownTerm(
            String kind,
            long quantity,
            List<Keeper> keepers,
            long moreKeepers,
            @Nullable Instant since) {

        public ShownTerm {
            keepers = List.copyOf(keepers);
        }
    }

    record Keeper(AccountId account, String externalId, long units) {}

    /** What an order holds. */
    record Held(@Nullable OrderId order, long quantity) {}

    /** The terms add up to what is there, the held ones to what is reserved. */
    record Explained(Place place, List<Term> terms, List<Held> held) {}

    /**
     * What a listing shows.
     *
     * @param desired what it is to show; null where that is nobody's business
     * @param terms lead there
     * @param differences lead on to what is published
     * @param published what buyers are shown as far as is known; null where nobody knows
     * @param state how far the last write to it has come
     */
    record Shown(
            ListingId listing,
            AccountId account,
            String externalId,
            @Nullable Long desired,
            List<ShownTerm> terms,
            List<ShownTerm> differences,
            @Nullable Long published,
            String state) {}

    /**
     * What a line of an order takes, or would take if it were known what it sells.
     *
     * @param line by which the marketplace knows it
     * @param item null where nobody has said what the line sells
     * @param oversold so many were sold by it that are not there
     * @param held whether its listing waits for somebody to decide about a mass change
     */
    record Ordered(
            String line,
            @Nullable ItemId item,
            @Nullable String sku,
            long reserved,
            long shipped,
            long oversold,
            boolean held) {}

    /** Lines that take nothing of the seller's own stock are left out. */
    List<Ordered> of(OrderId order);

    /** @param skuOrId also with other capital letters, where that is unambiguous */
    Optional<Stocked> find(String skuOrId);

    /** By SKU, after the one of the page before. */
    List<Stocked> list(@Nullable String after, int limit);

    /**
     * So many are there, in the preferred warehouse. Not called inside a transaction.
     *
     * @param key makes it one count, however often it is asked for
     */
    Counted count(ItemId item, long quantity, String key, String actor, String reason);

    /** It is wrong by so many. Not called inside a transaction. */
    Counted correct(ItemId item, long by, String key, String actor, String reason);

    List<Explained> explain(ItemId item);

    List<Shown> shown(ItemId item, int limit);
}
