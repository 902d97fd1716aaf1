package dev.kontor.inventory.plans;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ItemId;

import static java.time.ZoneOffset.UTC;

/**
 * Remembers who said last of which items how many there are, and how far that is from what was believed: a source that
 * jumps is to be doubted as a whole.
 */
@Repository
public class Statements {

    /**
     * What is doubted already is no measure: who takes a mistake back does not jump. The last word on an item replaces all
     * others.
     */
    private static final String ADD = """
            with said as (
              select * from unnest(:sources::text[], :items::uuid[], :changes::bigint[], :firsts::boolean[])
                as said (source, item, change, first)
            ), doubted as (
              select s.item, sum(s.change) as change, bool_or(s.change is null) as first, min(s.jumped_at) as jumped_at
              from inventory.statements s join said on said.item = s.item
              where s.jumped_at > :since or exists (select from inventory.listing_contents c
                join inventory.plan_listings w on w.listing = c.listing and w.held
                join inventory.plans p on p.id = w.plan and p.cause = 'SOURCE' and p.state in ('OPEN', 'REJECTED')
                where c.item = s.item)
              group by s.item
            ), replaced as (
              delete from inventory.statements s using said where s.item = said.item and s.source <> said.source
            ), counted as (
              select said.source, said.item, doubted.jumped_at, said.first or coalesce(doubted.first, false) as first,
                said.change + coalesce(doubted.change, 0) as change,
                (select coalesce(sum(present), 0) from inventory.positions p
                  where p.item = said.item and p.stock_type = 'OWN') as present
              from said left join doubted on doubted.item = said.item
            )
            insert into inventory.statements (source, item, change, jumped_at, at)
            select source, item, case when not first then change when present > 0 then 0 end,
              case when case when first then present = 0
                  else change <> 0 and (present = 0 or abs(change) > :units
                    and greatest(present, present - change) > least(present, present - change) * :factor) end
                then coalesce(jumped_at, :at) end, :at
            from counted order by item
            on conflict (source, item) do update set
              change = excluded.change, jumped_at = excluded.jumped_at, at = excluded.at""";

    private final JdbcClient jdbc;
    private final PlanProperties properties;

    Statements(JdbcClient jdbc, PlanProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * @param source who says it
     * @param before how many there were; 0 where nobody had said anything
     * @param first nobody had said anything
     */
    public record Statement(String source, ItemId item, long before, long after, boolean first) {

        /** Of another place where the same goods are. */
        private Statement with(Statement other) {
            return new Statement(other.source, item, before + other.before, after + other.after, first && other.first);
        }
    }

    /** Joins the caller's transaction, in which the stock was changed. */
    public void add(List<Statement> statements, Instant at) {
        var byItem = new TreeMap<UUID, Statement>();
        statements.forEach(it -> byItem.merge(it.item().value(), it, Statement::with));
        var said = byItem.values();
        jdbc.sql(ADD)
                .param("sources", array(said, Statement::source, new String[0]))
                .param("items", array(said, it -> it.item().value(), new UUID[0]))
                .param("changes", array(said, it -> it.after() - it.before(), new Long[0]))
                .param("firsts", array(said, Statement::first, new Boolean[0]))
                .param("since", at.minus(properties.window()).atOffset(UTC))
                .param("units", properties.units())
                .param("factor", properties.factor())
                .param("at", at.atOffset(UTC))
                .update();
    }

    private static <T> T[] array(Collection<Statement> said, Function<Statement, T> part, T[] type) {
        return said.stream().map(part).toList().toArray(type);
    }

    /** Whoever corrects a doubted count takes it back as far as that goes, and so does what is sent although it said none. */
    public void corrected(Map<ItemId, Long> corrections) {
        jdbc.sql("""
                        with corrected as (
                          select s.source, s.item, case when s.change > 0 then greatest(0, s.change + c.units)
                            else least(0, s.change + c.units) end as change
                          from inventory.statements s join unnest(:items::uuid[], :units::bigint[]) as c (item, units)
                            on c.item = s.item and sign(c.units) = -sign(s.change)
                          order by s.item, s.source for update of s
                        )
                        update inventory.statements s set change = corrected.change,
                          jumped_at = case when corrected.change <> 0 then s.jumped_at end
                        from corrected where (s.source, s.item) = (corrected.source, corrected.item)""")
                .param("items", corrections.keySet().stream().map(ItemId::value).toArray(UUID[]::new))
                .param("units", corrections.values().toArray(Long[]::new))
                .update();
    }

    /** Somebody has looked at what it said. */
    void believe(String source) {
        jdbc.sql("delete from inventory.statements where source = ?")
                .param(source)
                .update();
    }
}
