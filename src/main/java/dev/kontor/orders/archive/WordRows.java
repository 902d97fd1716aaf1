package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.orders.OrderId;
import dev.kontor.privacy.BuyerId;

import static java.time.ZoneOffset.UTC;

/** The postings of the word search. A word that is open and personal at once counts as open. */
@Repository
class WordRows {

    private final JdbcTemplate jdbc;

    WordRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Posting(long word, Instant placedAt, UUID order, boolean personal) {

        /** As the index has them: neighbours go to the same page. */
        private static final Comparator<Posting> ORDER =
                Comparator.comparingLong(Posting::word).thenComparing(Posting::placedAt);
    }

    void insert(List<SealedVersion> versions) {
        var postings = new ArrayList<Posting>();
        for (var version : versions) {
            var placedAt = version.order().placedAt();
            for (var word : version.openWords()) {
                postings.add(new Posting(word, placedAt, version.id(), false));
            }
            for (var word : version.personalWords()) {
                if (!version.openWords().contains(word)) {
                    postings.add(new Posting(word, placedAt, version.id(), true));
                }
            }
        }
        postings.sort(Posting.ORDER);
        CopyRows.into("orders.words (word, placed_at, order_id, personal)", jdbc, rows -> {
            for (var posting : postings) {
                rows.value(posting.word())
                        .value(posting.placedAt())
                        .value(posting.order())
                        .value(posting.personal())
                        .end();
            }
        });
    }

    void delete(List<SealedVersion> versions) {
        jdbc.update("delete from orders.words where order_id = any(?)", (Object)
                versions.stream().map(SealedVersion::id).toArray(UUID[]::new));
    }

    /** What is open was understood anew; what is personal stays, at the order's new place in time. */
    void renew(OrderId order, Instant placedAt, Set<Long> openWords) {
        jdbc.update("delete from orders.words where order_id = ? and not personal", order.value());
        jdbc.update("update orders.words set placed_at = ? where order_id = ?", placedAt.atOffset(UTC), order.value());
        jdbc.update("""
                insert into orders.words (word, placed_at, order_id, personal)
                select word, ?, ?, false from unnest(?::bigint[]) as word
                on conflict (word, placed_at, order_id) do update set personal = false""", placedAt.atOffset(UTC), order.value(), openWords.toArray(Long[]::new));
    }

    /** In the transaction that erases the buyer: nobody finds an order by him any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public long forget(BuyerId erased) {
        var buyer = erased.value();
        jdbc.query("""
                select pg_advisory_xact_lock(hashtextextended('orders.archive ' || account, 0))
                from (select distinct account from orders.orders where buyer = ?) accounts""", row -> {}, buyer);
        var forgotten = jdbc.update("""
                delete from orders.words w using orders.orders o
                where o.buyer = ? and w.order_id = o.id and w.personal""", buyer);
        jdbc.update("update orders.orders set personal_hash = null where buyer = ?", buyer);
        return forgotten;
    }

    /** By how many words his orders can be found that tell of him. */
    long count(BuyerId buyer) {
        return Objects.requireNonNull(jdbc.queryForObject("""
                select count(*) from orders.words w join orders.orders o on o.id = w.order_id
                where o.buyer = ? and w.personal""", Long.class, buyer.value()));
    }
}
