package dev.kontor.inventory.policies;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Policy;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Strategy;

import static java.time.ZoneOffset.UTC;

/** What was said at each level, and the policy of each listing that comes of it. */
@Repository
public class Policies {

    private final JdbcClient jdbc;

    Policies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record StoredPolicy(
            PolicyTarget target, PolicyWish wish, long version, String changedBy, Instant changedAt) {

        private static StoredPolicy of(ResultSet row, int number) throws SQLException {
            return new StoredPolicy(
                    new PolicyTarget(Level.valueOf(row.getString("level")), row.getObject("subject", UUID.class)),
                    said(row),
                    row.getLong("version"),
                    row.getString("changed_by"),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant());
        }
    }

    public Optional<StoredPolicy> find(PolicyTarget target) {
        return select(target, "");
    }

    /** Of every listing, also of those for which nobody said anything. */
    public Map<ListingId, Policy> of(Collection<ListingId> listings) {
        var policies = new HashMap<ListingId, Policy>();
        wishes(listings).forEach((listing, wishes) -> policies.put(listing, PolicyWish.resolve(wishes)));
        return policies;
    }

    Map<ListingId, Map<Level, PolicyWish>> wishes(Collection<ListingId> listings) {
        var wishes = new HashMap<ListingId, Map<Level, PolicyWish>>();
        listings.forEach(listing -> wishes.put(listing, new EnumMap<>(Level.class)));
        jdbc.sql("""
                        select l.id as listing, p.* from inventory.listings l
                        cross join lateral (values ('DEFAULT', '00000000-0000-0000-0000-000000000000'::uuid),
                          ('ITEM', l.item), ('ACCOUNT', l.account), ('LISTING', l.id)) as target (level, subject)
                        join inventory.policies p on (p.level, p.subject) = (target.level, target.subject)
                        where l.id = any(?)""")
                .param(listings.stream().map(ListingId::value).toArray(UUID[]::new))
                .query(row -> {
                    wishes.computeIfAbsent(
                                    new ListingId(row.getObject("listing", UUID.class)),
                                    it -> new EnumMap<>(Level.class))
                            .put(Level.valueOf(row.getString("level")), said(row));
                });
        return wishes;
    }

    /** Until the end of the transaction nobody else changes it. */
    Optional<StoredPolicy> lock(PolicyTarget target) {
        return select(target, " for update");
    }

    private Optional<StoredPolicy> select(PolicyTarget target, String suffix) {
        return jdbc.sql("select * from inventory.policies where level = ? and subject = ?" + suffix)
                .params(target.level().name(), target.subject())
                .query(StoredPolicy::of)
                .optional();
    }

    void save(PolicyTarget target, PolicyWish wish, String actor, Instant now) {
        jdbc.sql("""
                        insert into inventory.policies (level, subject, strategy, buffer, minimum, maximum, paused,
                          changed_by, changed_at)
                        values (:level, :subject, :strategy, :buffer, :minimum, :maximum, :paused, :actor, :now)
                        on conflict (level, subject) do update set strategy = excluded.strategy,
                          buffer = excluded.buffer, minimum = excluded.minimum, maximum = excluded.maximum,
                          paused = excluded.paused, version = excluded.version, changed_by = excluded.changed_by,
                          changed_at = excluded.changed_at""")
                .param("level", target.level().name())
                .param("subject", target.subject())
                .param("strategy", name(wish.strategy()))
                .param("buffer", wish.buffer())
                .param("minimum", wish.minimum())
                .param("maximum", wish.maximum())
                .param("paused", wish.paused())
                .param("actor", actor)
                .param("now", now.atOffset(UTC))
                .update();
    }

    void delete(PolicyTarget target) {
        jdbc.sql("delete from inventory.policies where level = ? and subject = ?")
                .params(target.level().name(), target.subject())
                .update();
    }

    /** Everything on the shelf whose listings the target is about. */
    void tellOfChange(PolicyTarget target) {
        jdbc.sql("""
                        insert into inventory.changed_items (item)
                        select distinct c.item from inventory.listing_contents c
                        join inventory.listings l on l.id = c.listing where\s""" + target.listings()).param("subject", target.subject()).update();
    }

    private static PolicyWish said(ResultSet row) throws SQLException {
        var strategy = row.getString("strategy");
        return new PolicyWish(
                strategy == null ? null : Strategy.valueOf(strategy),
                row.getObject("buffer", Integer.class),
                row.getObject("minimum", Integer.class),
                row.getObject("maximum", Integer.class),
                row.getObject("paused", Boolean.class));
    }

    private static @Nullable String name(@Nullable Strategy strategy) {
        return strategy == null ? null : strategy.name();
    }
}
