package dev.kontor.api;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the value of {@code after} that continues the list; absent at its end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * @param found up to one item more than the limit; that one tells that there is a next page
     * @param position what finds the place behind an item again
     */
    public static <T> Page<T> cut(List<T> found, PageQuery query, Function<T, ? extends Record> position) {
        if (found.size() <= query.limit()) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, query.limit());
        return new Page<>(items, ListCursor.write(position.apply(items.getLast())));
    }

    /** A page that ended at a position which is not an item's own. */
    public static <T> Page<T> upTo(List<T> items, Record position) {
        return new Page<>(items, ListCursor.write(position));
    }

    public <R> Page<R> map(Function<T, R> function) {
        return new Page<>(items.stream().map(function).toList(), next);
    }
}
