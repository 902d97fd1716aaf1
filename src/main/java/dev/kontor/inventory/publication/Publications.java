package dev.kontor.inventory.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.publication.Publication.Sent;
import dev.kontor.marketplaces.StockWriter.Kind;

import static java.time.ZoneOffset.UTC;

/** Finds what is to be done, and keeps two from doing it. */
@Repository
class Publications {

    private static final String DUE = """
            work = :work and account = :account and due_at <= :now
              and (:work not in ('ZERO', 'DECREASE', 'INCREASE') or (retry_at <= :now
                and account in (select account from inventory.takeovers where mode = 'WRITING')))
            """;

    private final JdbcClient jdbc;

    Publications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Due(AccountId account, Work work) {}

    /** @param next when something else will be due, by what is known now; null where nothing will */
    record Agenda(List<Due> due, @Nullable Instant next) {}

    /** It costs the same however many listings wait: of each account and kind of work only the first is looked at. */
    Agenda agenda(Instant now) {
        var due = new ArrayList<Due>();
        var later = new ArrayList<Instant>();
        jdbc.sql("""
                        with recursive busy (account) as (
                          (select account from inventory.publications where work is not null order by account limit 1)
                          union all
                          select (select p.account from inventory.publications p
                            where work is not null and p.account > busy.account order by p.account limit 1)
                          from busy where busy.account is not null
                        )
                        select busy.account, kind.work,
                          exists (select from inventory.publications p where p.account = busy.account
                            and p.work = kind.work and due_at <= :now and (not kind.writes or retry_at <= :now)) as due,
                          (select due_at from inventory.publications p where p.account = busy.account
                            and p.work = kind.work and due_at > :now order by due_at limit 1) as next
                        from busy cross join unnest(:works::text[], :writes::boolean[]) as kind (work, writes)
                        where busy.account is not null and (not kind.writes or busy.account in (
                          select account from inventory.takeovers where mode = 'WRITING'))""")
                .param("now", now.atOffset(UTC))
                .param("works", Stream.of(Work.values()).map(Work::name).toArray(String[]::new))
                .param("writes", Stream.of(Work.values()).map(Work::writes).toArray(Boolean[]::new))
                .query(row -> {
                    if (row.getBoolean("due")) {
                        due.add(new Due(
                                new AccountId(row.getObject("account", UUID.class)),
                                Work.valueOf(row.getString("work"))));
                    }
                    var next = instant(row, "next");
                    if (next != null) {
                        later.add(next);
                    }
                });
        due.sort(Comparator.comparing(it -> it.work().lane()));
        return new Agenda(due, later.stream().min(Comparator.naturalOrder()).orElse(null));
    }

    /** Whether a zero is due that was decided after that. */
    boolean zeroSince(AccountId account, Instant since, Instant now) {
        return jdbc.sql("select exists (select from inventory.publications where " + DUE + "and desired_at > :since)")
                .param("work", Work.ZERO.name())
                .param("account", account.value())
                .param("now", now.atOffset(UTC))
                .param("since", since.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    /** What was to be tried later, because it was put off, is due now. */
    void resume(AccountId account, Instant now) {
        jdbc.sql("""
                        update inventory.publications set retry_at = :now, due_at = :now where listing in (
                          select listing from inventory.publications where account = :account
                            and retry_at > :now and (work in ('ZERO', 'DECREASE', 'INCREASE') and state = 'IDLE'
                              or work in ('RESOLVE_ZERO', 'RESOLVE') and retry_at = due_at)
                          for no key update skip locked)""")
                .param("account", account.value())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** Of which readings wait to be believed. */
    List<AccountId> unsettled() {
        return jdbc.sql("""
                        select distinct account from inventory.publications
                        where reading_at >= unsettled_until and command is null
                          and (exposure <> reading or expected <> reading or unsure)""")
                .query((row, number) -> new AccountId(row.getObject("account", UUID.class)))
                .list();
    }

    /** Joins a transaction; until its end nobody else has them. The positions are locked first where that is needed. */
    List<Publication> claim(Due due, int limit, Instant now) {
        if (due.work() != Work.INCREASE) {
            var rows = select(DUE + "order by " + first(due.work()) + " limit " + limit, due, now, new UUID[0]);
            return due.work() == Work.DECREASE ? considered(rows) : rows;
        }
        var candidates = jdbc.sql(
                        "select listing from inventory.publications where " + DUE + "order by due_at limit " + limit)
                .param("work", due.work().name())
                .param("account", due.account().value())
                .param("now", now.atOffset(UTC))
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        jdbc.sql("""
                        select from inventory.positions p where item in (
                          select item from inventory.listing_contents c join inventory.publications using (listing)
                          where listing = any(:candidates) and guarded)
                        order by item, warehouse, stock_type for no key update of p""").param("candidates", candidates).query(row -> {});
        return considered(select(DUE + "and listing = any(:candidates) order by due_at", due, now, candidates));
    }

    /** Where few calls are permitted what is urgent may have to try several times, which must not put it behind what came later. */
    private static String first(Work work) {
        return switch (work) {
            case ZERO -> "desired_at";
            case RESOLVE_ZERO -> "sent_at";
            case DECREASE, INCREASE, RESOLVE, READ_ZERO, READ -> "due_at";
        };
    }

    /**
     * Without those of which a sale or a cancellation is known that nobody has thought over yet: what it took would be given
     * back, and the other way round. A statement of its own, so that it sees what others did until these were locked.
     */
    private List<Publication> considered(List<Publication> rows) {
        var unconsidered = jdbc.sql("""
                        select distinct listing from inventory.listing_contents join inventory.changed_items using (item)
                        where sold and listing = any(?)""")
                .param(ids(rows))
                .query((row, number) -> new ListingId(row.getObject("listing", UUID.class)))
                .set();
        return rows.stream()
                .filter(row -> !unconsidered.contains(row.listing()))
                .toList();
    }

    private List<Publication> select(String condition, Due due, Instant now, UUID[] candidates) {
        return jdbc.sql("select * from inventory.publications where " + condition + " for no key update skip locked")
                .param("work", due.work().name())
                .param("account", due.account().value())
                .param("now", now.atOffset(UTC))
                .param("candidates", candidates)
                .query(Publications::publication)
                .list();
    }

    /** Those that the write concerns, locked. */
    List<Publication> of(UUID command) {
        return jdbc.sql("select * from inventory.publications where command = ? order by listing for no key update")
                .param(command)
                .query(Publications::publication)
                .list();
    }

    /**
     * The same without waiting for anybody, for whoever has locked others already; nothing where somebody has one of them.
     */
    List<Publication> free(UUID command) {
        var all = jdbc.sql("select count(*) from inventory.publications where command = ?")
                .param(command)
                .query(Integer.class)
                .single();
        var locked = jdbc.sql("select * from inventory.publications where command = ? for no key update skip locked")
                .param(command)
                .query(Publications::publication)
                .list();
        return locked.size() < all ? List.of() : locked;
    }

    /**
     * Whether a command may still be sent: its lease lasts, so that nobody else looks after it or has written something since,
     * and the seller lets Kontor write there.
     *
     * @param state in which whoever wants to send it has left it
     */
    boolean wanted(UUID command, Set<State> state, Instant now) {
        return jdbc.sql("""
                        select exists (select from inventory.publications p join inventory.takeovers t using (account)
                          where command = :command and state = any(:states) and due_at > :now and t.mode = 'WRITING')""")
                .param("command", command)
                .param("states", state.stream().map(State::name).toArray(String[]::new))
                .param("now", now.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    Set<UUID> commands(Collection<Publication> rows) {
        var commands = new HashSet<UUID>();
        for (var row : rows) {
            if (row.command() != null) {
                commands.add(row.command());
            }
        }
        return commands;
    }

    /** Until then nobody else looks after them, unless this instance dies. */
    void lease(Collection<Publication> rows, Instant until) {
        jdbc.sql("update inventory.publications set due_at = ? where listing = any(?)")
                .params(until.atOffset(UTC), ids(rows))
                .update();
    }

    /** The same for a write; one of which nothing was heard may have been heard. */
    void lost(UUID command, Instant until) {
        jdbc.sql("""
                        update inventory.publications set due_at = ?, retry_at = '-infinity',
                          state = replace(state, 'SENT', 'UNKNOWN')
                        where command = ?""").params(until.atOffset(UTC), command).update();
    }

    /** The same because nobody may be asked before, which may change; see {@link #resume}. */
    void putOff(ListingId listing, Instant until) {
        jdbc.sql("update inventory.publications set due_at = :until, retry_at = :until where listing = :listing")
                .param("until", until.atOffset(UTC))
                .param("listing", listing.value())
                .update();
    }

    void postpone(ListingId listing, Instant until) {
        jdbc.sql("update inventory.publications set due_at = ? where listing = ?")
                .params(until.atOffset(UTC), listing.value())
                .update();
    }

    /** Until something changes so many fewer are shown than are to be shown. */
    void withhold(ListingId listing, long units, Instant now, Instant until) {
        jdbc.sql("""
                        with noted as (
                          update inventory.decisions set withheld = :units, withheld_at = :now
                          where id = (select max(id) from inventory.decisions where listing = :listing)
                            and withheld is distinct from :units
                        )
                        update inventory.publications set withheld = :units, due_at = :until where listing = :listing""")
                .param("listing", listing.value())
                .param("units", units)
                .param("now", now.atOffset(UTC))
                .param("until", until.atOffset(UTC))
                .update();
    }

    private static UUID[] ids(Collection<Publication> rows) {
        return rows.stream().map(row -> row.listing().value()).toArray(UUID[]::new);
    }

    /**
     * How many more units of which items may be given to guarded listings. The positions of these listings are locked.
     *
     * @return by listing and item: how many one sale takes, and how many are free
     */
    Map<ListingId, Map<ItemId, Long>> contents(Collection<Publication> rows) {
        var contents = new HashMap<ListingId, Map<ItemId, Long>>();
        jdbc.sql("select * from inventory.listing_contents where listing = any(?)")
                .param(ids(rows))
                .query(row -> {
                    contents.computeIfAbsent(
                                    new ListingId(row.getObject("listing", UUID.class)), id -> new LinkedHashMap<>())
                            .put(new ItemId(row.getObject("item", UUID.class)), row.getLong("each"));
                });
        return contents;
    }

    Map<ItemId, Long> free(Collection<ItemId> items) {
        var free = new HashMap<ItemId, Long>();
        jdbc.sql("""
                        select item.id,
                          coalesce((select sum(present - reserved) from inventory.positions p
                            where p.item = item.id and stock_type = 'OWN'), 0)
                          - coalesce((select sum(exposure * each) from inventory.listing_contents c
                            join inventory.publications l using (listing) where c.item = item.id and guarded), 0) as free,
                          exists (select from inventory.listing_contents c
                            join inventory.publications l using (listing) where c.item = item.id and guarded
                              and (expected is null or unsure) and not gone) as unknown
                        from unnest(?::uuid[]) as item (id)""")
                .param(items.stream().map(ItemId::value).toArray(UUID[]::new))
                .query(row -> {
                    free.put(
                            new ItemId(row.getObject("id", UUID.class)),
                            row.getBoolean("unknown") ? 0 : Math.max(0, row.getLong("free")));
                });
        return free;
    }

    private static Publication publication(ResultSet row, int number) throws SQLException {
        return new Publication(
                new ListingId(row.getObject("listing", UUID.class)),
                new AccountId(row.getObject("account", UUID.class)),
                row.getString("external_id"),
                row.getObject("desired", Long.class),
                row.getBoolean("guarded"),
                row.getObject("expected", Long.class),
                row.getLong("exposure"),
                row.getLong("excess"),
                row.getObject("reading", Long.class),
                instant(row, "reading_at"),
                row.getLong("era"),
                row.getObject("shown", Long.class),
                row.getString("revision"),
                row.getBoolean("read_wanted"),
                Objects.requireNonNullElse(instant(row, "wanted_at"), Instant.MIN),
                State.valueOf(row.getString("state")),
                row.getObject("command", UUID.class),
                sent(row),
                row.getString("ticket"),
                row.getInt("attempts"));
    }

    private static @Nullable Sent sent(ResultSet row) throws SQLException {
        var kind = row.getString("kind");
        var at = instant(row, "sent_at");
        var finalAt = instant(row, "final_at");
        return kind == null || at == null || finalAt == null
                ? null
                : new Sent(
                        Kind.valueOf(kind),
                        row.getLong("quantity"),
                        row.getBoolean("reactivate"),
                        row.getString("revision"),
                        at,
                        finalAt);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
