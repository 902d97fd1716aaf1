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

    /** How many unknown names were counted. */
    Set<String> drift();

    @Override
    void close();
}
