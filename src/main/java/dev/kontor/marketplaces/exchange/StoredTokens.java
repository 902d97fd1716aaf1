package dev.kontor.marketplaces.exchange;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens in the database, for limits of so few calls that a restart or another instance must not forget one. */
class StoredTokens implements Tokens {

    private static final String LEVEL = """
            least(:burst, t.tokens + extract(epoch from clock_timestamp() - t.counted_at)::float8 * :perMinute / 60)""";

    private final JdbcClient jdbc;
    private final String key;
    private final Limit limit;

    StoredTokens(JdbcClient jdbc, String key, Limit limit) {
        this.jdbc = jdbc;
        this.key = key;
        this.limit = limit;
    }

    /** Who never called before has the whole burst. */
    @Override
    public long take(long count, long keep) {
        change("insert into marketplaces.tokens (budget, tokens, counted_at) values (:key, :burst, clock_timestamp())"
                + " on conflict do nothing");
        var taken = jdbc.sql("update marketplaces.tokens t set tokens = " + LEVEL
                        + " - :count, counted_at = clock_timestamp()" + " where budget = :key and " + LEVEL
                        + " >= :count + :keep")
                .param("burst", (double) limit.burst())
                .param("perMinute", limit.perMinute())
                .param("key", key)
                .param("count", count)
                .param("keep", keep)
                .update();
        return taken == 1
                ? 0
                : Math.max(1, (long)
                        ((count + keep - level()) * limit.oneMoreAfter().toNanos()));
    }

    private double level() {
        return jdbc.sql("select " + LEVEL + " from marketplaces.tokens t where budget = :key")
                .param("burst", (double) limit.burst())
                .param("perMinute", limit.perMinute())
                .param("key", key)
                .query(Double.class)
                .single();
    }

    @Override
    public void giveBack(long count) {
        jdbc.sql("update marketplaces.tokens set tokens = tokens + :count where budget = :key")
                .param("count", count)
                .param("key", key)
                .update();
    }

    @Override
    public void atMost(long left) {
        jdbc.sql("update marketplaces.tokens t set tokens = :left, counted_at = clock_timestamp()"
                        + " where budget = :key and " + LEVEL + " > :left")
                .param("burst", (double) limit.burst())
                .param("perMinute", limit.perMinute())
                .param("key", key)
                .param("left", (double) left)
                .update();
    }

    private void change(String sql) {
        jdbc.sql(sql).param("key", key).param("burst", (double) limit.burst()).update();
    }
}
