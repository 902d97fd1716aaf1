package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.allocation.Allocation;
import dev.kontor.inventory.allocation.Offered;
import dev.kontor.inventory.allocation.Policy;
import dev.kontor.inventory.allocation.Share;
import dev.kontor.inventory.allocation.Situation;
import dev.kontor.inventory.exposure.Delays;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.plans.Doubts;
import dev.kontor.inventory.plans.Holding;
import dev.kontor.inventory.policies.Policies;

import static java.time.ZoneOffset.UTC;

/** Decides anew what listings are to show when something has changed of what they sell. */
@Component
class Recalculation {

    private final JdbcClient jdbc;
    private final Policies policies;
    private final Holding holding;
    private final Doubts doubts;
    private final Delays delays;
    private final JsonMapper json;
    private final Clock clock;

    Recalculation(
            JdbcClient jdbc,
            Policies policies,
            Holding holding,
            Doubts doubts,
            Delays delays,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.policies = policies;
        this.holding = holding;
        this.doubts = doubts;
        this.delays = delays;
        this.json = json;
        this.clock = clock;
    }

    /** What is recalculated before what. A sale must not wait for thousands of items whose policy has changed. */
    enum Queue {
        SALES("sold", 50, 2),
        THE_REST("not sold", 500, 1);

        private final String condition;
        private final int size;
        private final int atOnce;

        Queue(String condition, int size, int atOnce) {
            this.condition = condition;
            this.size = size;
            this.atOnce = atOnce;
        }

        /** How many of this queue are done beside each other, each with other items. */
        int atOnce() {
            return atOnce;
        }
    }

    List<Queue> waiting() {
        return Stream.of(Queue.values())
                .filter(queue -> jdbc.sql("select exists (select from (select id from inventory.changed_items where "
                                + queue.condition + " order by id limit 1) as first)")
                        .query(Boolean.class)
                        .single())
                .toList();
    }

    /** @return whether there was anything to do */
    @Transactional
    public boolean recalculate(Queue queue) {
        var changed = jdbc.sql("""
                        with taken as (
                          delete from inventory.changed_items where id in (
                            select id from inventory.changed_items where %s order by id limit :limit
                            for update skip locked)
                          returning item
                        )
                        select distinct item from taken""".formatted(queue.condition))
                .param("limit", queue.size)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (changed.isEmpty()) {
            return false;
        }
        var connected = connected(changed);
        lock(connected);
        var now = clock.instant();
        var rows = rows(connected, now);
        var stock = doubts.stock(connected, now);
        var available = new HashMap<ItemId, Long>();
        stock.forEach((item, there) -> available.put(item, there.available()));
        var shares = new HashMap<ListingId, Share>();
        divide(available, rows.stream().filter(Row::observed).toList(), rows, shares);
        var written = rows.stream().filter(row -> !row.observed()).toList();
        divide(available, written, written, shares);
        var cautious =
                new Caution(stock).shares(written.stream().map(Row::offered).toList());
        var held = held(written, shares, cautious);
        save(
                rows.stream()
                        .filter(row -> shares.containsKey(row.offered().listing()))
                        .map(row -> wish(row, shares, cautious, held))
                        .toList(),
                now);
        forget(connected, rows, now);
        return true;
    }

    /**
     * @param expected how many it shows as far as is known
     * @param sold a sale took the last of what was there; what orders do when there is none is no reason for a zero
     */
    private record Row(
            Offered offered,
            boolean observed,
            @Nullable Long desired,
            @Nullable Long expected,
            @Nullable PlanId plan,
            boolean sold) {

        /** It was to show nothing before as now, and that was looked at then. */
        private boolean examined(Share share) {
            return share.quantity() == 0 && desired != null && desired == 0 && plan == null;
        }
    }

    /** Which changes wait for a person. */
    private Map<ListingId, PlanId> held(
            List<Row> written, Map<ListingId, Share> shares, Map<ListingId, Share> cautious) {
        var changes = new ArrayList<Holding.Change>();
        for (var row : written) {
            var share = shares.get(row.offered().listing());
            var shown = row.expected();
            if (share != null && shown != null && !row.examined(share)) {
                var otherwise = cautious.get(share.listing());
                changes.add(new Holding.Change(
                        share.listing(),
                        row.offered().account(),
                        shown,
                        share.quantity(),
                        otherwise == null ? null : (long) otherwise.quantity(),
                        row.sold(),
                        row.plan()));
            }
        }
        return holding.examine(changes);
    }

    private static void divide(
            Map<ItemId, Long> available, List<Row> wanted, List<Row> all, Map<ListingId, Share> shares) {
        if (wanted.isEmpty()) {
            return;
        }
        var divided = new HashMap<ListingId, Share>();
        Allocation.divide(
                        new Situation(available, all.stream().map(Row::offered).toList()))
                .forEach(share -> divided.put(share.listing(), share));
        wanted.forEach(row -> {
            var listing = row.offered().listing();
            var share = divided.get(listing);
            if (share != null) {
                shares.put(listing, share);
            }
        });
    }

    /** Items that listings connect with these, for what is divided among listings depends on all of them. */
    private UUID[] connected(List<UUID> changed) {
        return jdbc.sql("""
                        with recursive reach (item) as (
                          select * from unnest(:changed::uuid[])
                          union
                          select far.item from reach
                          join inventory.listing_contents near on near.item = reach.item
                          join inventory.listing_contents far on far.listing = near.listing
                        )
                        select item from reach order by item""")
                .param("changed", changed.toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
    }

    /** Two that decide about the same item do so one after the other. */
    private void lock(UUID[] items) {
        jdbc.sql("select from inventory.items where id = any(?) order by id for no key update")
                .param(items)
                .query(row -> {});
    }

    /** Of goods that nobody has counted there may be any number, which is not none: their listings stay as they are. */
    private List<Row> rows(UUID[] items, Instant now) {
        record Head(
                AccountId account,
                long exposure,
                boolean guarded,
                boolean observed,
                double perHour,
                @Nullable Long desired,
                @Nullable Long expected,
                @Nullable PlanId plan,
                boolean sold) {}
        var heads = new LinkedHashMap<ListingId, Head>();
        var contents = new HashMap<ListingId, Map<ItemId, Long>>();
        jdbc.sql("""
                        select p.listing, p.account, p.exposure, p.guarded, p.desired, p.expected, p.plan, c.item, c.each, t.mode,
                          coalesce((select m.kind in ('RESERVATION', 'SHIPMENT') from inventory.positions o
                            cross join lateral (select * from (select kind, at, present - reserved as change,
                                present_after - reserved_after as available, number
                              from inventory.movements where position = o.id) as moved
                              where change <> 0 and not (kind in ('RESERVATION', 'SHIPMENT', 'RELEASE')
                                and available - change <= 0)
                              order by number desc limit 1) m
                            where o.item = c.item and o.stock_type = 'OWN'
                            order by m.at desc limit 1), false) as sold,
                          case when isfinite(p.pace_at) then p.pace * ln(2) / (:half / 3600.0)
                            * power(0.5, greatest(0, extract(epoch from :now::timestamptz - p.pace_at)) / :half)
                            else 0 end as per_hour
                        from inventory.publications p join inventory.listing_contents c using (listing)
                        join inventory.takeovers t on t.account = p.account
                        where p.listing in (select listing from inventory.listing_contents where item = any(:items))
                          and not p.gone
                          and not exists (select from inventory.listing_readings r
                            where r.listing = p.listing and r.status = 'OFF_SALE')
                          and not exists (select from inventory.listing_contents u where u.listing = p.listing
                            and not exists (select from inventory.positions o
                              join inventory.movements m on m.position = o.id
                              where o.item = u.item and o.stock_type = 'OWN'
                                and m.kind not in ('RESERVATION', 'RELEASE', 'SHIPMENT') and m.order_id is null))
                        order by p.listing""")
                .param("items", items)
                .param("now", now.atOffset(UTC))
                .param("half", Exposures.HALF.toSeconds())
                .query(row -> {
                    var listing = new ListingId(row.getObject("listing", UUID.class));
                    var plan = row.getObject("plan", UUID.class);
                    heads.merge(
                            listing,
                            new Head(
                                    new AccountId(row.getObject("account", UUID.class)),
                                    row.getLong("exposure"),
                                    row.getBoolean("guarded"),
                                    !row.getString("mode").equals("WRITING"),
                                    row.getDouble("per_hour"),
                                    row.getObject("desired", Long.class),
                                    row.getObject("expected", Long.class),
                                    plan == null ? null : new PlanId(plan),
                                    row.getBoolean("sold")),
                            (one, other) -> one.sold() ? one : other);
                    contents.computeIfAbsent(listing, id -> new HashMap<>())
                            .put(new ItemId(row.getObject("item", UUID.class)), row.getLong("each"));
                });
        var known = policies.of(heads.keySet());
        var rows = new ArrayList<Row>();
        heads.forEach((listing, head) -> rows.add(new Row(
                new Offered(
                        listing,
                        head.account(),
                        contents.getOrDefault(listing, Map.of()),
                        known.getOrDefault(listing, Policy.OF_KONTOR),
                        head.exposure(),
                        head.guarded(),
                        head.perHour(),
                        delays.of(head.account())),
                head.observed(),
                head.desired(),
                head.expected(),
                head.plan(),
                head.sold())));
        return rows;
    }

    /** Listings of these items that are nobody's business at the moment, and must not be written by what was thought before. */
    private void forget(UUID[] items, List<Row> rows, Instant now) {
        jdbc.sql("""
                        with forgotten as (
                          select listing from inventory.publications
                          where desired is not null and listing <> all(:known)
                            and listing in (select listing from inventory.listing_contents where item = any(:items))
                          order by listing for no key update
                        ), decided as (
                          insert into inventory.decisions (listing, at) select listing, :now from forgotten
                        )
                        update inventory.publications p set desired = null, guarded = false, steps = null, plan = null, planned = null, excess = 0
                        from forgotten where p.listing = forgotten.listing""")
                .param("items", items)
                .param("now", now.atOffset(UTC))
                .param(
                        "known",
                        rows.stream()
                                .map(row -> row.offered().listing().value())
                                .toArray(UUID[]::new))
                .update();
    }

    /** @param planned what it is to show once {@code plan} is approved; null where it is left as it is until then */
    private record Wish(
            Row row,
            Share share,
            @Nullable PlanId plan,
            @Nullable Share planned) {

        private boolean guarded() {
            return !row.observed() && share.guarded();
        }
    }

    private static Wish wish(
            Row row, Map<ListingId, Share> shares, Map<ListingId, Share> cautious, Map<ListingId, PlanId> held) {
        var listing = row.offered().listing();
        var share = Objects.requireNonNull(shares.get(listing));
        var plan = held.get(listing);
        var meanwhile = plan == null ? null : cautious.get(listing);
        return meanwhile == null ? new Wish(row, share, plan, null) : new Wish(row, meanwhile, plan, share);
    }

    private void save(List<Wish> wishes, Instant now) {
        var parameters = Map.of(
                "listings", array(wishes, it -> it.share().listing().value(), UUID[]::new),
                "quantities", array(wishes, it -> it.share().quantity(), Integer[]::new),
                "guarded", array(wishes, Wish::guarded, Boolean[]::new),
                "steps", array(wishes, it -> steps(it.share()), String[]::new),
                "plans",
                        array(wishes, it -> it.plan() == null ? null : it.plan().value(), UUID[]::new),
                "planned",
                        array(
                                wishes,
                                it -> it.planned() == null ? null : it.planned().quantity(),
                                Integer[]::new),
                "planned_steps", array(wishes, it -> it.planned() == null ? null : steps(it.planned()), String[]::new),
                "observed", array(wishes, it -> it.row().observed(), Boolean[]::new),
                "unread", array(wishes, it -> it.row().expected() == null, Boolean[]::new),
                "now", now.atOffset(UTC));
        // in the order in which everybody locks listings
        jdbc.sql(WISH + "select from inventory.publications p join wish using (listing) where " + DIFFERS
                        + "order by listing for no key update of p")
                .params(parameters)
                .query(row -> {});
        jdbc.sql(WISH + ", decided as (" + DECIDED + ")\n" + """
                        update inventory.publications p set
                          desired_at = case when p.desired is distinct from wish.desired then :now else desired_at end,
                          due_at = case when command is null and wish.desired is distinct from expected
                            then least(due_at, :now) else due_at end,
                          read_wanted = read_wanted or SWITCHED or (state <> 'VERIFIED' and command is null
                            and expected is not distinct from wish.desired),
                          unsure = wish.guarded and (unsure or SWITCHED),
                          unsettled_until = case when SWITCHED then greatest(unsettled_until, :now) else unsettled_until end,
                          excess = case when not wish.guarded then 0 when not p.guarded then exposure else excess end,
                          retry_at = case when wish.desired < p.desired then least(retry_at, :now) else retry_at end,
                          desired = wish.desired, guarded = wish.guarded, steps = wish.steps::jsonb, plan = wish.plan,
                          planned = wish.planned, planned_steps = wish.planned_steps::jsonb
                        from wish where p.listing = wish.listing and\s""".replace("SWITCHED", SWITCHED) + DIFFERS)
                .params(parameters)
                .update();
    }

    private String steps(Share share) {
        return json.writeValueAsString(share.steps());
    }

    private static <T> T[] array(List<Wish> wishes, Function<Wish, @Nullable T> part, IntFunction<T[]> type) {
        return wishes.stream().map(part).toArray(type);
    }

    private static final String WISH = """
            with wish (listing, desired, guarded, steps, plan, planned, planned_steps, observed, unread) as (
              select * from unnest(:listings::uuid[], :quantities::bigint[], :guarded::boolean[], :steps::text[],
                :plans::uuid[], :planned::bigint[], :planned_steps::text[], :observed::boolean[], :unread::boolean[]))
            """;

    /** What it was given when others were given the same, is not known as well as escrow needs to know it. */
    private static final String SWITCHED = "(wish.guarded and not p.guarded and p.expected is not null)";

    /** Neither has the mode been changed nor the listing been read for the first time since it was asked for. */
    private static final String AS_BEFORE = """
            and wish.observed = (select mode <> 'WRITING' from inventory.takeovers t where t.account = p.account)
            and wish.unread = (p.expected is null)
            """;

    private static final String DIFFERS = """
            (p.desired is distinct from wish.desired or p.guarded <> wish.guarded
              or wish.desired is distinct from p.expected or p.plan is distinct from wish.plan
              or p.planned is distinct from wish.planned)
            """ + AS_BEFORE;

    /** For whoever asks later why it was to show that. */
    private static final String DECIDED = """
            insert into inventory.decisions (listing, at, desired, steps)
            select p.listing, :now, wish.desired, wish.steps::jsonb from inventory.publications p join wish using (listing)
            where (p.desired is distinct from wish.desired or p.guarded <> wish.guarded)
            """ + AS_BEFORE;
}
