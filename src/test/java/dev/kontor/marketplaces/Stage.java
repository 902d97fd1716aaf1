package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;

/** A simulated marketplace with its adapter, as the contract needs it: a seller, buyers, time, and things that go wrong. */
public interface Stage extends AutoCloseable {

    /** What befalls every call while it lasts. */
    enum Trouble {
        TOO_MANY_REQUESTS,
        TOO_MANY_REQUESTS_UNTIL,
        FAULT,
        SILENCE,
        CUT_OFF
    }

    /** What is odd about the orders bought while it lasts, or about what is told of them. */
    enum Oddity {
        MALFORMED,
        UNKNOWN_STATUS,
        UNKNOWN_FIELD,
        DUPLICATE_CHANGE,
        REORDERED_CHANGE
    }

    /** What befalls writes of quantities while it lasts, without a trace in the answer. */
    enum Hitch {
        SILENT_NO_OP,
        LOST_ANSWER,
        STUCK,
        OUT_OF_ORDER
    }

    Marketplace marketplace();

    /** A permission that the seller has just given. */
    Connection connect();

    /** @return ids of the new orders */
    List<String> buy(int count);

    List<String> buyOddly(Oddity oddity, int count);

    /** Ids of all orders that there are. */
    Set<String> orders();

    void begin(Trouble trouble);

    /** Troubles are over, and so is whatever the marketplace demanded because of them. */
    void calm();

    void pass(Duration time);

    /** What the seller enters to permit access that way, by the names of its fields. */
    default Map<String, String> entries(Class<? extends EnteredAuthorization> way) {
        throw new UnsupportedOperationException("nothing to enter for " + way.getSimpleName());
    }

    /** The same in the right form, but none that the marketplace has given to anybody. */
    default Map<String, String> wrongEntries(Class<? extends EnteredAuthorization> way) {
        throw new UnsupportedOperationException("nothing to enter for " + way.getSimpleName());
    }

    default void sellerConfirms(DeviceCode code) {
        throw new UnsupportedOperationException("no codes here");
    }

    default void sellerRefuses(DeviceCode code) {
        throw new UnsupportedOperationException("no codes here");
    }

    /** The seller confirms; the answer to the next poll, which tells so, gets lost. */
    default void sellerConfirmsAndTheAnswerIsLost(DeviceCode code) {
        throw new UnsupportedOperationException("no codes here");
    }

    /** The seller takes every permission back. */
    void revoke();

    /** What the marketplace sends of its own accord when an order changes. */
    default Push.Request told(String order) {
        throw new UnsupportedOperationException("a marketplace that tells nothing");
    }

    /** What buyers truly see, by listing: several pages of them, of which at least six are on sale. */
    default Map<String, Integer> stock() {
        throw new UnsupportedOperationException("a marketplace without listings");
    }

    /** Some listings, but not all, are odd while it lasts. @return which */
    default Set<String> listOddly(Oddity oddity) {
        throw new UnsupportedOperationException("a marketplace without listings");
    }

    /** Somebody buys as many as there are. @return how many */
    default int sell(String listing, int wanted) {
        throw new UnsupportedOperationException("a marketplace without stock");
    }

    /** The seller changes a quantity by hand. */
    default void sellerShows(String listing, int quantity) {
        throw new UnsupportedOperationException("a marketplace without stock");
    }

    /** What buyers can have of the marketplace's own warehouses, by listing: several pages of it. */
    default Map<String, Integer> fulfilledStock() {
        throw new UnsupportedOperationException("a marketplace without warehouses");
    }

    default void begin(Hitch hitch) {
        throw new UnsupportedOperationException("a marketplace without stock");
    }

    /** How many unknown names were counted. */
    Set<String> drift();

    @Override
    void close();
}
