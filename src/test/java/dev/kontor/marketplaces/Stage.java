package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.List;
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

    void sellerConfirms(DeviceCode code);

    void sellerRefuses(DeviceCode code);

    /** The seller confirms; the answer to the next poll, which tells so, gets lost. */
    void sellerConfirmsAndTheAnswerIsLost(DeviceCode code);

    /** The seller takes every permission back. */
    void revoke();

    /** How many unknown names were counted. */
    Set<String> drift();

    @Override
    void close();
}
