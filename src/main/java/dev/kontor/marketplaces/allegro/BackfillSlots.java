package dev.kontor.marketplaces.allegro;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;

/** Allegro slows down sellers with many calls at once, so the calls that are in no hurry take turns. */
class BackfillSlots {

    private final int size;
    private final Map<UUID, Semaphore> slots = new ConcurrentHashMap<>();

    BackfillSlots(int size) {
        this.size = size;
    }

    <T> Answer<T> within(Connection connection, Supplier<Answer<T>> call) {
        if (connection.lane() != Lane.BACKFILL) {
            return call.get();
        }
        var slot = slots.computeIfAbsent(connection.account(), ignored -> new Semaphore(size, true));
        try {
            slot.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unavailable<>("interrupted while waiting for its turn");
        }
        try {
            return call.get();
        } finally {
            slot.release();
        }
    }
}
