package dev.kontor.orders.reading;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.OrderFeed.OrderReading;

/** Reads orders one by one, a few at the same time: marketplaces do not like many parallel calls for one seller. */
@Component
public class OrderReader {

    private final Connections connections;
    private final int parallel;

    OrderReader(Connections connections, @Value("${kontor.orders.parallel-reads:4}") int parallel) {
        this.connections = connections;
        this.parallel = parallel;
    }

    /** Answers for every id, in their order. After a first answer that stops the work, those not begun get the same. */
    public Map<String, Answer<OrderReading>> read(AccountId account, Lane lane, Collection<String> externalIds) {
        var permits = new Semaphore(parallel);
        var stop = new Stop();
        var futures = new LinkedHashMap<String, Future<Answer<OrderReading>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var id : externalIds) {
                futures.put(
                        id, threads.submit(limited(permits, () -> stop.unlessStopped(() -> read(account, lane, id)))));
            }
        }
        var answers = new LinkedHashMap<String, Answer<OrderReading>>();
        futures.forEach((id, future) -> answers.put(id, result(future)));
        return answers;
    }

    private Answer<OrderReading> read(AccountId account, Lane lane, String id) {
        return connections.call(
                account, lane, (marketplace, connection) -> marketplace.orders().order(id, connection));
    }

    private static <T> Callable<T> limited(Semaphore permits, Callable<T> call) {
        return () -> {
            permits.acquire();
            try {
                return call.call();
            } finally {
                permits.release();
            }
        };
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading orders", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading an order failed", e.getCause());
        }
    }

    /** Remembers the first answer after which asking on is pointless. */
    private static final class Stop {

        private volatile Answer<OrderReading> reason = new Answer.Ok<>(new OrderReading.Gone());

        Answer<OrderReading> unlessStopped(Callable<Answer<OrderReading>> call) throws Exception {
            if (!(reason instanceof Answer.Ok<OrderReading>)) {
                return reason;
            }
            var answer = call.call();
            if (answer instanceof Answer.Throttled || answer instanceof Answer.Unauthorized) {
                reason = answer;
            }
            return answer;
        }
    }
}
