package dev.kontor.orders;

/** Reads an order from its marketplace anew, when somebody asks for that. Not called inside a transaction. */
public interface OrderRefresh {

    /** What came of it. */
    enum Outcome {
        /** The archive has it as the marketplace has it now. */
        READ,
        /** The marketplace does not have it any more. */
        GONE,
        /** What the marketplace said of it could not be understood; that is kept and tried again. */
        UNREADABLE,
        /** The account is not active, or the marketplace gives no answer now. */
        NOT_NOW
    }

    Outcome refresh(OrderId order);
}
