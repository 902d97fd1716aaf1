package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.api.InvalidField;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.privacy.Vault;

/** Reads the archive. */
@Component
public class OrderQueries {

    private static final int EXPORT_PAGE = 500;

    /** Beyond that a word is simply frequent. */
    private static final int COUNTED = 1_000;

    private final JdbcClient jdbc;
    private final OrderViews views;
    private final Vault vault;

    OrderQueries(JdbcClient jdbc, OrderViews views, Vault vault) {
        this.jdbc = jdbc;
        this.views = views;
        this.vault = vault;
    }

    /** Where a page ended. */
    public record Position(Instant placedAt, UUID id) {

        public static Position of(OrderView order) {
            return new Position(order.placedAt(), order.id().value());
        }
    }

    public Optional<OrderView> find(OrderId id) {
        return views
                .complete(jdbc.sql("select " + OrderViews.COLUMNS + " from orders.orders o where o.id = ?")
                        .param(id.value())
                        .query((row, number) -> OrderViews.head(row))
                        .list())
                .stream()
                .findFirst();
    }

    /** The newest first. */
    public List<OrderView> list(OrderFilter filter, @Nullable Position after, int limit) {
        return list(filter, words(filter), after, limit);
    }

    /** The one that the list has just before this place. */
    public Optional<OrderView> newer(OrderFilter filter, Position than) {
        return read(OrderQuery.before(filter, words(filter), than)).stream().findFirst();
    }

    /** All of them, the newest first, a page at a time in memory. */
    public void forEach(OrderFilter filter, Consumer<OrderView> consumer) {
        var words = words(filter);
        Position after = null;
        List<OrderView> page;
        do {
            page = list(filter, words, after, EXPORT_PAGE);
            page.forEach(consumer);
            after = page.isEmpty() ? null : Position.of(page.getLast());
        } while (page.size() == EXPORT_PAGE);
    }

    private List<OrderView> list(OrderFilter filter, List<Long> words, @Nullable Position after, int limit) {
        return read(OrderQuery.of(filter, words, after, limit));
    }

    private List<OrderView> read(OrderQuery query) {
        return views.complete(jdbc.sql(query.sql())
                .params(query.parameters())
                .query((row, number) -> OrderViews.head(row))
                .list());
    }

    /** Blind words of the search, the rarest first, because the search walks along the first. */
    private List<Long> words(OrderFilter filter) {
        if (filter.query() == null) {
            return List.of();
        }
        var words = vault.query(filter.query());
        if (words.isEmpty()) {
            throw new InvalidField("q", "holds no word that could be searched for");
        }
        if (words.size() < 2) {
            return List.copyOf(words);
        }
        var frequencies = new HashMap<Long, Long>();
        words.forEach(word -> frequencies.put(word, frequency(word)));
        return words.stream().sorted(Comparator.comparing(frequencies::get)).toList();
    }

    private long frequency(long word) {
        return jdbc.sql("select count(*) from (select from orders.words where word = ? limit ?) as counted")
                .params(word, COUNTED)
                .query(Long.class)
                .single();
    }
}
