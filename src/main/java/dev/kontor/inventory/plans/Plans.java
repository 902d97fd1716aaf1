package dev.kontor.inventory.plans;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.plans.Holding.Change;
import dev.kontor.inventory.plans.Plan.Cause;
import dev.kontor.inventory.plans.Plan.State;

import static java.time.ZoneOffset.UTC;

@Repository
public class Plans {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private static final String SELECT = """
            select p.*, (select count(*) from inventory.plan_listings l where l.plan = p.id) as listings,
              (select count(*) from inventory.plan_listings l where l.plan = p.id and l.held) as held
            from inventory.plans p where\s""";

    private final JdbcClient jdbc;

    Plans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which plans are meant; null means any. */
    public record Filter(@Nullable State state) {}

    /** Where a page ended. */
    public record Position(UUID id) {

        public static Position of(Plan plan) {
            return new Position(plan.id().value());
        }
    }

    /**
     * A listing of a plan.
     *
     * @param shown how many it showed when it was held
     * @param planned how many it is to show when the plan is approved
     * @param held whether it still waits
     */
    public record Waiting(
            ListingId listing,
            AccountId account,
            @Nullable String sku,
            String name,
            long shown,
            long planned,
            boolean held,
            Instant at) {}

    public Optional<Plan> find(PlanId id) {
        return jdbc.sql(SELECT + "p.id = ?")
                .param(id.value())
                .query(Plans::plan)
                .optional();
    }

    /** The oldest first. */
    public List<Plan> list(Filter filter, @Nullable Position after, int limit) {
        return jdbc.sql(SELECT
                        + "(:state::text is null or p.state = :state) and p.id > :after order by p.id limit :limit")
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("after", after == null ? new UUID(0, 0) : after.id())
                .param("limit", limit)
                .query(Plans::plan)
                .list();
    }

    /** Those that showed most come first. */
    public List<Waiting> listings(PlanId plan, int limit) {
        return jdbc.sql("""
                        select w.*, l.sku, l.name from inventory.plan_listings w join inventory.listings l on l.id = w.listing
                        where w.plan = ? order by w.shown desc, w.listing limit ?""")
                .params(plan.value(), limit)
                .query((row, number) -> new Waiting(
                        new ListingId(row.getObject("listing", UUID.class)),
                        new AccountId(row.getObject("account", UUID.class)),
                        row.getString("sku"),
                        row.getString("name"),
                        row.getLong("shown"),
                        row.getLong("planned"),
                        row.getBoolean("held"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Until the end of the transaction nobody else examines changes of these accounts. */
    void lock(Collection<AccountId> accounts) {
        accounts.stream()
                .map(AccountId::toString)
                .distinct()
                .sorted()
                .forEach(account -> jdbc.sql(
                                "select pg_advisory_xact_lock(hashtextextended('inventory.plans ' || ?, 0))")
                        .param(account)
                        .query(row -> {}));
    }

    /** Until the end of the transaction nobody else decides it or adds to it. */
    boolean lock(PlanId plan) {
        return !jdbc.sql("select id from inventory.plans where id = ? for update")
                .param(plan.value())
                .query(UUID.class)
                .list()
                .isEmpty();
    }

    /** @param fresh whether there was none yet */
    record Opened(PlanId plan, boolean fresh) {}

    /** The open one, or a new one; it cannot be decided before the end of the transaction. */
    Opened open(Cause cause, String subject, Instant now) {
        var id = ids.generate();
        jdbc.sql("""
                        insert into inventory.plans (id, cause, subject, state, opened_at) values (?, ?, ?, 'OPEN', ?)
                        on conflict (cause, subject) where state = 'OPEN' do update set state = excluded.state""").params(id, cause.name(), subject, now.atOffset(UTC)).update();
        var open = jdbc.sql("select id from inventory.plans where cause = ? and subject = ? and state = 'OPEN'")
                .params(cause.name(), subject)
                .query(UUID.class)
                .single();
        return new Opened(new PlanId(open), open.equals(id));
    }

    void add(PlanId plan, List<Change> changes, Instant now) {
        jdbc.sql("""
                        insert into inventory.plan_listings (plan, listing, account, shown, planned, held, at)
                        select :plan, listing, account, shown, planned, true, :now
                        from unnest(:listings::uuid[], :accounts::uuid[], :shown::bigint[], :planned::bigint[])
                          as change (listing, account, shown, planned)
                        on conflict (plan, listing) do update set shown = excluded.shown, planned = excluded.planned,
                          held = true, at = excluded.at, released_at = null""")
                .param("plan", plan.value())
                .param("now", now.atOffset(UTC))
                .param(
                        "listings",
                        listings(changes.stream().map(Change::listing).toList()))
                .param(
                        "accounts",
                        changes.stream().map(it -> it.account().value()).toArray(UUID[]::new))
                .param("shown", changes.stream().map(Change::shown).toArray(Long[]::new))
                .param("planned", changes.stream().map(Change::desired).toArray(Long[]::new))
                .update();
    }

    /** Sales and other things have gone on meanwhile. */
    void replan(List<Change> changes) {
        jdbc.sql("""
                        update inventory.plan_listings w set planned = change.planned
                        from unnest(:listings::uuid[], :planned::bigint[]) as change (listing, planned)
                        where w.listing = change.listing and w.held and w.planned <> change.planned""")
                .param(
                        "listings",
                        listings(changes.stream().map(Change::listing).toList()))
                .param("planned", changes.stream().map(Change::desired).toArray(Long[]::new))
                .update();
    }

    /** @param planned what the listing was to show so far when the plan is approved */
    record Held(PlanId plan, Cause cause, long planned) {}

    /**
     * By what these are held, but for rejected plans since which something was said of the stock. Until the end of the
     * transaction nobody decides about them, for what is held by then would never be let go.
     */
    Map<ListingId, Held> holds(Collection<ListingId> listings) {
        var holds = new HashMap<ListingId, Held>();
        jdbc.sql("""
                        select w.listing, w.planned, p.id, p.cause from inventory.plan_listings w join inventory.plans p on p.id = w.plan
                        where w.listing = any(:listings) and w.held and (p.state = 'OPEN' or p.state = 'REJECTED'
                          and not exists (select from inventory.listing_contents c
                            join inventory.statements s on s.item = c.item
                            where c.listing = w.listing and s.at > p.decided_at))
                        order by p.id for no key update of p""").param("listings", listings(listings)).query(row -> {
            holds.put(
                    new ListingId(row.getObject("listing", UUID.class)),
                    new Held(
                            new PlanId(row.getObject("id", UUID.class)),
                            Cause.valueOf(row.getString("cause")),
                            row.getLong("planned")));
        });
        return holds;
    }

    /** These are not doubted any more, or are to be examined anew. @return plans that are about nothing now */
    List<PlanId> withdraw(Collection<ListingId> listings, Instant now) {
        jdbc.sql("update inventory.plan_listings set held = false, released_at = ? where listing = any(?) and held")
                .params(now.atOffset(UTC), listings(listings))
                .update();
        return jdbc.sql("""
                        update inventory.plans p set state = 'OBSOLETE', decided_at = :now
                        where state = 'OPEN' and id in (select plan from inventory.plan_listings where listing = any(:listings))
                          and not exists (select from inventory.plan_listings w where w.plan = p.id and w.held)
                        returning id""")
                .param("now", now.atOffset(UTC))
                .param("listings", listings(listings))
                .query((row, number) -> new PlanId(row.getObject("id", UUID.class)))
                .list();
    }

    void decide(PlanId plan, State state, String actor, @Nullable String note, Instant now) {
        jdbc.sql("""
                        update inventory.plans set state = :state, decided_by = :actor, decided_at = :now, note = :note
                        where id = :plan""")
                .param("state", state.name())
                .param("actor", actor)
                .param("now", now.atOffset(UTC))
                .param("note", note)
                .param("plan", plan.value())
                .update();
    }

    /** What it held may go out. Where something else was shown meanwhile, it is worked out anew for whom the units are. */
    void release(PlanId plan, Instant now) {
        jdbc.sql("update inventory.plan_listings set held = false, released_at = ? where plan = ? and held")
                .params(now.atOffset(UTC), plan.value())
                .update();
        jdbc.sql("""
                        with held as (
                          select listing, planned, planned_steps from inventory.publications
                          where plan = :plan order by listing for no key update
                        ), decided as (
                          insert into inventory.decisions (listing, at, desired, steps)
                          select listing, :now, planned, planned_steps from held where planned is not null
                        ), changed as (
                          insert into inventory.changed_items (item) select distinct item
                          from inventory.listing_contents join held using (listing) where planned is not null
                        )
                        update inventory.publications p set plan = null, desired = coalesce(held.planned, p.desired),
                          steps = coalesce(held.planned_steps, p.steps), planned = null, planned_steps = null,
                          desired_at = case when held.planned is null then p.desired_at else :now end,
                          retry_at = case when held.planned < p.desired then least(p.retry_at, :now) else p.retry_at end,
                          due_at = case when p.command is null then least(p.due_at, :now) else p.due_at end
                        from held where p.listing = held.listing""")
                .param("plan", plan.value())
                .param("now", now.atOffset(UTC))
                .update();
    }

    private static UUID[] listings(Collection<ListingId> listings) {
        return listings.stream().map(ListingId::value).toArray(UUID[]::new);
    }

    private static Plan plan(ResultSet row, int number) throws SQLException {
        var decidedAt = row.getObject("decided_at", OffsetDateTime.class);
        return new Plan(
                new PlanId(row.getObject("id", UUID.class)),
                Cause.valueOf(row.getString("cause")),
                row.getString("subject"),
                State.valueOf(row.getString("state")),
                row.getLong("listings"),
                row.getLong("held"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                decidedAt == null ? null : decidedAt.toInstant(),
                row.getString("note"));
    }
}
