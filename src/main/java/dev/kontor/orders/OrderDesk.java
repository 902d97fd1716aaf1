package dev.kontor.orders;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;

/** What people may ask about orders elsewhere than over HTTP. */
public interface OrderDesk {

    /** @param cancelled how many of the placed ones */
    record Figures(long placed, long cancelled) {}

    /**
     * The newest first.
     *
     * @param words that must all be found in an order; null for any
     * @param personal whether to look for the words in personal data as well
     * @param after the last one of the page before
     */
    List<OrderView> newest(@Nullable String words, boolean personal, @Nullable OrderId after, int limit);

    /** The one that {@link #newest} lists just before it. */
    Optional<OrderView> newer(@Nullable String words, boolean personal, OrderId than);

    /** Of what was placed between these moments; an account that sold nothing is left out. */
    Map<AccountId, Figures> placed(Instant from, Instant to);

    /** All that were placed between these moments, the newest first, a page at a time in memory. */
    void each(Instant from, Instant to, Consumer<OrderView> consumer);
}
