package dev.kontor.inventory.listings;

/** How far it has come that a listing shows what it is to show. */
public enum StockState {
    /** Nobody has said what it sells. */
    UNLINKED,
    /** The marketplace has no such listing any more. */
    GONE,
    /** Nobody has said yet which side of its account is the truth. */
    UNANSWERED,
    /** Its goods were never counted, or the seller took it off sale. */
    LEFT_ALONE,
    /** A change waits for a person. */
    HELD,
    /** Its account is only observed. */
    OBSERVED,
    PLANNED,
    /**
     * It shows some, and more would be to show. Its marketplace takes plain values only, which would put back on sale what
     * buyers have just taken: under escrow more is given when most of it is sold.
     */
    WITHHELD,
    SENT,
    ACCEPTED,
    /** The answer to a write is lost: it may take effect for a while. */
    UNKNOWN,
    /** The last write was refused; it will be tried again. */
    REJECTED,
    /** The marketplace says that it shows what it is to show, and that is yet to be seen. */
    APPLIED,
    /** Buyers were seen to be shown what they are to be shown. */
    VERIFIED
}
