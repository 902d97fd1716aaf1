package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.MarketplaceCode;

/** Pauses and a budget before a marketplace that is not called by HTTP, as the exchange has them; and an outage. */
public final class ExchangeLine implements FakeMarketplace.Line {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Pauses pauses;
    private final LanedBudget budget;
    private final AtomicInteger lost = new AtomicInteger();
    private final Clock clock;
    private volatile boolean away;

    public ExchangeLine(Clock clock, long burst, double perMinute) {
        var limit = new Limit(burst, perMinute);
        this.pauses = new Pauses(TestExchange.properties(Map.of()), clock);
        this.budget = new LanedBudget(new LocalTokens(limit, Pacer.SYSTEM), limit, Pacer.SYSTEM);
        this.clock = clock;
    }

    /** From now on no call arrives. */
    public void cut() {
        away = true;
    }

    public void mend() {
        away = false;
    }

    /** How many calls were sent and did not arrive. */
    public int lost() {
        return lost.get();
    }

    @Override
    public <T> Answer<T> call(FakeMarketplace.Operation operation, Connection connection, Supplier<Answer<T>> arrived) {
        var group = operation == FakeMarketplace.Operation.WRITE || operation == FakeMarketplace.Operation.STATE
                ? "writes"
                : "reads";
        var call = Call.of(new MarketplaceCode("fake"), Operation.read(group, operation.name()), connection, List.of());
        var paused = pauses.until(call);
        if (paused.isPresent()) {
            return new Answer.Throttled<>(paused.get());
        }
        Answer<T> answer = budgeted(connection, arrived);
        pauses.learn(call, answer);
        return answer;
    }

    private <T> Answer<T> budgeted(Connection connection, Supplier<Answer<T>> arrived) {
        try {
            var wait = budget.acquire(connection.lane(), 1, PATIENCE);
            if (wait > 0) {
                return new Answer.Throttled<>(clock.instant().plusNanos(wait));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unavailable<>("interrupted");
        }
        if (away) {
            lost.incrementAndGet();
            return new Answer.Unavailable<>("no connection");
        }
        return arrived.get();
    }
}
