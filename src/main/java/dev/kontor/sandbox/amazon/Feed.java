package dev.kontor.sandbox.amazon;

import java.util.Map;

import dev.kontor.sandbox.world.Deed;

/**
 * A feed on its way.
 *
 * @param startedAt when it comes out of the queue
 * @param endedAt when it is done
 */
record Feed(Deed.AmazonFed deed, long startedAt, long endedAt) {

    String id() {
        return deed.feed();
    }

    Map<Integer, String> issues() {
        return deed.issues();
    }

    boolean ended(long now) {
        return now >= endedAt;
    }

    String status(long now) {
        if (ended(now)) {
            return deed.fatal() ? "FATAL" : "DONE";
        }
        return now >= startedAt ? "IN_PROGRESS" : "IN_QUEUE";
    }
}
