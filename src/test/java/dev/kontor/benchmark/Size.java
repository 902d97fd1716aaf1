package dev.kontor.benchmark;

import java.util.List;

/** Sizes, smaller for a quick try: {@code -Dbenchmark.orders=10000}. */
final class Size {

    static final int ORDERS = Integer.getInteger("benchmark.orders", 100_000);
    static final int RUNS = Integer.getInteger("benchmark.runs", 3);
    static final int ARCHIVE = Integer.getInteger("benchmark.archive", 1_000_000);
    static final int REQUESTS_PER_SECOND = Integer.getInteger("benchmark.requests", 50);
    static final int API_SECONDS = Integer.getInteger("benchmark.api.seconds", 120);
    static final int RATE_SECONDS = Integer.getInteger("benchmark.rate.seconds", 150);
    static final int NEW_ORDERS = Integer.getInteger("benchmark.new", 1_000);
    static final int LEDGER_SECONDS = Integer.getInteger("benchmark.ledger.seconds", 10);
    static final int SKUS = Integer.getInteger("benchmark.skus", 1_000);
    static final int WARM_UP = Integer.getInteger("benchmark.warm-up", 200);
    static final int SALES_PER_SECOND = Integer.getInteger("benchmark.sales", 20);
    static final int HOOKS_PER_SECOND = Integer.getInteger("benchmark.hooks", 20);
    static final int HOOK_SECONDS = Integer.getInteger("benchmark.hooks.seconds", 60);
    static final int LISTINGS = Integer.getInteger("benchmark.listings", 10_000);
    static final List<String> JVM =
            List.of(System.getProperty("benchmark.jvm", "-XX:+UseSerialGC").split(" "));
    static final String HEAP = System.getProperty("benchmark.heap", "256m");

    private Size() {}
}
