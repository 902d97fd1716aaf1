package dev.kontor.marketplaces.exchange;

/** A store of permissions to call, which fills up as time goes by. */
interface Tokens {

    /**
     * Takes one if more than {@code keep} are there.
     *
     * @return 0 when it was taken, otherwise in how many nanoseconds there may be one
     */
    long take(long keep);

    /** Puts one back that was not used. */
    void giveBack();

    /** Believes the marketplace when it says that fewer are left. */
    void atMost(long left);
}
