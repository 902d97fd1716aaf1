package dev.kontor.sandbox.wix;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Fault;

/**
 * Tells the app's address of what happens: several events a change, some twice, late, in the wrong order or never, and
 * again for as long as it does not answer 200 in time. What happened while there was no address is told to nobody.
 */
final class Webhooks implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMillis(1_250);
    private static final int TRIES = 12;
    private static final int AT_ONCE = 16;
    private static final long REORDERED_MILLIS = 30_000;
    private static final long LATE_MILLIS = 30 * 60_000L;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** Of their own: who waits for a place must not hold up those who will give one back. */
    private final ExecutorService waiters = Executors.newVirtualThreadPerTaskExecutor();

    private final PriorityQueue<Telling> waiting = new PriorityQueue<>();
    private final Map<Integer, Integer> told = new HashMap<>();
    private final AtomicInteger underway = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final SiteWorld world;
    private final EventToken token;
    private int nextOwn;
    private int nextAdded;
    private long lookedAt;
    private volatile @Nullable URI url;
    private volatile boolean closed;

    private record Telling(long at, String instance, Event event) implements Comparable<Telling> {
        @Override
        public int compareTo(Telling other) {
            return Long.compare(at, other.at);
        }
    }

    Webhooks(SiteWorld world, EventToken token) {
        this.world = world;
        this.token = token;
        Thread.ofVirtual().name("wix-webhooks").start(this::run);
    }

    void target(@Nullable URI address) {
        synchronized (world) {
            if (url == null && address != null) {
                beginNow();
            }
            url = address;
        }
    }

    /** What waits to be told, or is told just now and was not taken yet, is {@code waiting}. */
    Map<String, Object> state() {
        var address = url;
        synchronized (world) {
            return Map.of(
                    "url", address == null ? "" : address.toString(),
                    "lookedAt", OrderDocument.time(lookedAt),
                    "sent", sent.sum(),
                    "taken", taken.sum(),
                    "waiting", waiting.size() + underway.get());
        }
    }

    void appRemoved(String instance) {
        synchronized (world) {
            if (url != null) {
                waiting.add(new Telling(
                        world.now(), instance, Event.appRemoved(world.rules().appId())));
            }
        }
    }

    /** Is told within the world's turn. */
    void stockChanged(Item item) {
        if (url != null) {
            var look = item.now();
            var event = Event.of(item, world.catalog().equals("V1_CATALOG"));
            plan(event, look.since(), item.id().hashCode() * 31L + look.revision());
        }
    }

    private void beginNow() {
        waiting.clear();
        told.clear();
        var now = world.moment();
        nextOwn = 0;
        nextAdded = Sales.EXTRA;
        world.sales().until(now).forEach(this::skip);
        told.replaceAll((key, none) -> (int) world.sales().life(key).stream()
                .filter(stage -> stage.at() <= now)
                .count());
        told.entrySet()
                .removeIf(sale ->
                        sale.getValue() == world.sales().life(sale.getKey()).size());
    }

    private void skip(int key) {
        nextOwn = key < Sales.EXTRA ? key + 1 : nextOwn;
        nextAdded = key >= Sales.EXTRA ? key + 1 : nextAdded;
        told.put(key, 0);
    }

    private void run() {
        while (!closed) {
            var address = url;
            if (address != null) {
                due().forEach(telling -> send(address, telling, 1));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private List<Telling> due() {
        synchronized (world) {
            var now = world.moment();
            var sales = world.sales();
            for (; sales.createdAt(nextOwn) <= now; nextOwn++) {
                told.put(nextOwn, 0);
            }
            for (; nextAdded < Sales.EXTRA + sales.added() && sales.createdAt(nextAdded) <= now; nextAdded++) {
                told.put(nextAdded, 0);
            }
            told.replaceAll((key, stages) -> happened(key, stages, now));
            told.entrySet().removeIf(sale -> sale.getValue() == Integer.MAX_VALUE);
            lookedAt = now;
            var due = new ArrayList<Telling>();
            while (!waiting.isEmpty() && waiting.peek().at() <= now) {
                due.add(waiting.remove());
            }
            underway.addAndGet(due.size());
            sent.add(due.size());
            return due;
        }
    }

    /** @return how many stages were told of by then; the greatest number at the end of an order's life */
    private int happened(int key, int before, long now) {
        var life = world.sales().life(key);
        var stages = before;
        for (; stages < life.size() && life.get(stages).at() <= now; stages++) {
            plan(new Sale(key, List.copyOf(life.subList(0, stages + 1))));
        }
        return stages >= life.size() ? Integer.MAX_VALUE : stages;
    }

    private void plan(Sale sale) {
        var place = (sale.key() * 16L + sale.stages().size()) * 8;
        for (var event : Event.of(sale, world.document(sale), world.seed())) {
            plan(event, sale.now().at(), ++place);
        }
    }

    private void plan(Event event, long at, long place) {
        if (world.happens(Fault.LOST_EVENT, place, at)) {
            return;
        }
        var late = world.happens(Fault.LATE_EVENT, place, at) ? LATE_MILLIS : 0;
        var reordered = world.happens(Fault.REORDERED_EVENT, place, at) ? REORDERED_MILLIS : 0;
        var telling = new Telling(at + late + reordered, world.instance(), event);
        waiting.add(telling);
        if (world.happens(Fault.DUPLICATE_EVENT, place, at)) {
            waiting.add(telling);
        }
    }

    private void send(URI address, Telling telling, int attempt) {
        places.acquireUninterruptibly();
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(token.of(telling.instance(), telling.event())))
                .build();
        http.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            places.release();
            if (failure == null && answer.statusCode() == 200) {
                taken.increment();
                underway.decrementAndGet();
            } else if (attempt < TRIES && !closed) {
                CompletableFuture.delayedExecutor(1L << (attempt - 1), TimeUnit.SECONDS, waiters)
                        .execute(() -> again(telling, attempt + 1));
            } else {
                underway.decrementAndGet();
            }
        });
    }

    private void again(Telling telling, int attempt) {
        var address = url;
        if (address != null && !closed) {
            sent.increment();
            send(address, telling, attempt);
        } else {
            underway.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
        waiters.shutdownNow();
    }
}
