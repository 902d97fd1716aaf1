package dev.kontor.marketplaces.exchange;

import java.util.concurrent.locks.LockSupport;

import io.github.bucket4j.TimeMeter;

/** Time as budgets feel it, so that a test can let minutes pass in no time. */
interface Pacer extends TimeMeter {

    /** Waits about that long; may come back early. */
    void pause(long nanos);

    Pacer SYSTEM = new Pacer() {
        @Override
        public long currentTimeNanos() {
            return System.nanoTime();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }

        @Override
        public void pause(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };
}
