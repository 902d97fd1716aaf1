package dev.kontor.inventory.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.StockWriter.Terms;

/** The ways to the marketplaces whose quantities can be written. */
@Component
class Channels implements AutoCloseable {

    /** Calls of one turn; more at once would only wait for the marketplace's limits. */
    private static final int AT_ONCE = 8;

    private final Accounts accounts;
    private final Marketplaces marketplaces;
    private final Connections connections;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Channels(Accounts accounts, Marketplaces marketplaces, Connections connections) {
        this.accounts = accounts;
        this.marketplaces = marketplaces;
        this.connections = connections;
    }

    /** @return null where the account is not active, or nothing can be written there at the moment */
    @Nullable
    Channel find(AccountId account, Lane lane) {
        var writer = accounts.find(account)
                .filter(AccountView::active)
                .flatMap(view -> marketplaces.get(view.marketplace()).stockWriter());
        if (writer.isEmpty()) {
            return null;
        }
        var terms = connections.call(
                account,
                lane,
                (marketplace, connection) ->
                        marketplace.stockWriter().orElseThrow().terms(connection));
        return terms instanceof Answer.Ok<Terms>(var known) ? new Channel(account, writer.get(), known) : null;
    }

    @Override
    public void close() {
        threads.close();
    }

    class Channel {

        private final AccountId account;
        private final StockWriter writer;
        private final Terms terms;

        Channel(AccountId account, StockWriter writer, Terms terms) {
            this.account = account;
            this.writer = writer;
            this.terms = terms;
        }

        AccountId account() {
            return account;
        }

        StockWriter writer() {
            return writer;
        }

        /** What the marketplace permits this account. */
        Terms terms() {
            return terms;
        }

        <T> Answer<T> call(Lane lane, BiFunction<StockWriter, Connection, Answer<T>> call) {
            return connections.call(
                    account,
                    lane,
                    (marketplace, connection) ->
                            call.apply(marketplace.stockWriter().orElseThrow(), connection));
        }

        /** Some at a time; returns when all are done. */
        <T> void eachOf(List<T> all, Consumer<T> work) {
            if (all.size() == 1) {
                work.accept(all.getFirst());
                return;
            }
            var places = new Semaphore(AT_ONCE);
            var running = all.stream()
                    .map(one -> {
                        places.acquireUninterruptibly();
                        return threads.submit(() -> {
                            try {
                                work.accept(one);
                            } finally {
                                places.release();
                            }
                        });
                    })
                    .toList();
            var failures = new ArrayList<Throwable>();
            running.forEach(it -> {
                try {
                    it.get();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            });
            if (!failures.isEmpty()) {
                throw new IllegalStateException(
                        "a write failed half way; it will be looked after", failures.getFirst());
            }
        }
    }
}
