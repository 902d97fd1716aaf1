package dev.kontor.inventory.publication;

/** How far the last write to a listing has come. */
public enum State {
    /** Nothing was ever written. */
    IDLE,
    /** It may have reached the marketplace. */
    SENT,
    /** The marketplace has promised to do it. */
    ACCEPTED,
    /** The marketplace says that it is done. */
    APPLIED,
    /** The answer is lost, or makes no sense: it may take effect for a while. */
    UNKNOWN,
    /** It can no longer take effect, if it did not. */
    EXPIRED,
    /** It did not take effect. */
    REJECTED,
    /** Buyers were seen to be shown what was to be shown. */
    VERIFIED
}
