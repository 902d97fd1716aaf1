package dev.kontor.marketplaces.exchange;

/** A store of permissions to call, which fills up as time goes by. */
interface Tokens {

    /**
     * Takes {@code count} if {@code keep} are left over.
     *
     * @return 0 when they were taken, otherwise in how many nanoseconds there may be so many
     */
    long take(long count, long keep);

    /** Puts some back that were not used. */
    void giveBack(long count);

    /** Believes the marketplace when it says that fewer are left. */
    void atMost(long left);
}
