package dev.kontor.inventory.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.Connections;
import dev.kontor.inventory.publication.Publications.Due;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Terms;

/** The ways to the marketplaces whose quantities can be written. */
@Component
class Channels implements AutoCloseable {

    /** Calls of an account for one kind of work: as many as it takes to use what marketplaces permit, when answers take long. */
    static final int AT_ONCE = 24;

    private final Accounts accounts;
    private final Marketplaces marketplaces;
    private final Connections connections;
    private final Signal signal;
    private final Map<Due, Semaphore> places = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Channels(Accounts accounts, Marketplaces marketplaces, Connections connections, Signal signal) {
        this.accounts = accounts;
        this.marketplaces = marketplaces;
        this.connections = connections;
        this.signal = signal;
    }

    /** @return null where the account is not active, or nothing can be written there at the moment */
    @Nullable
    Channel find(Due due) {
        var account = due.account();
        var lane = due.work().lane();
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
        return terms instanceof Answer.Ok<Terms>(var known) ? new Channel(due, writer.get(), known) : null;
    }

    @Override
    public void close() {
        threads.close();
    }

    class Channel {

        private final Due due;
        private final StockWriter writer;
        private final Terms terms;

        Channel(Due due, StockWriter writer, Terms terms) {
            this.due = due;
            this.writer = writer;
            this.terms = terms;
        }

        AccountId account() {
            return due.account();
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
                    due.account(),
                    lane,
                    (marketplace, connection) ->
                            call.apply(marketplace.stockWriter().orElseThrow(), connection));
        }

        /** @param wanted see {@link Connection#wanted} */
        Answer<Map<String, Outcome>> write(Lane lane, Command command, BooleanSupplier wanted) {
            return call(lane, (it, connection) -> it.write(command, connection.whileWanted(wanted)));
        }

        /** Some at a time, in all turns of the account and work together; returns when all are done. */
        <T> void eachOf(List<T> all, Consumer<T> work) {
            var free = places.computeIfAbsent(due, it -> new Semaphore(AT_ONCE, true));
            if (all.size() == 1) {
                free.acquireUninterruptibly();
                perform(all.getFirst(), work, free);
                return;
            }
            var running = all.stream()
                    .map(one -> {
                        free.acquireUninterruptibly();
                        return threads.submit(() -> perform(one, work, free));
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

        /** What follows from it need not wait for the others. */
        private <T> void perform(T one, Consumer<T> work, Semaphore free) {
            try {
                work.accept(one);
            } finally {
                free.release();
                signal.give();
            }
        }
    }
}
