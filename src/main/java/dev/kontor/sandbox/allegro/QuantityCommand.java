package dev.kontor.sandbox.allegro;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A command that changes the quantity of many offers, with one task for each. */
record QuantityCommand(String id, long createdAt, long readableAt, List<Task> tasks) {

    /** A task changes while time passes. */
    static final class Task {
        private final String offer;
        private final boolean gain;
        private final int value;
        private final boolean effective;
        private final long scheduledAt;
        private long finishedAt = Long.MAX_VALUE;
        private @Nullable String error;

        /** @param effective whether anything happens when the task succeeds */
        Task(String offer, boolean gain, int value, boolean effective, long scheduledAt) {
            this.offer = offer;
            this.gain = gain;
            this.value = value;
            this.effective = effective;
            this.scheduledAt = scheduledAt;
        }

        String offer() {
            return offer;
        }

        int result(int available) {
            return gain ? available + value : value;
        }

        boolean effective() {
            return effective;
        }

        long scheduledAt() {
            return scheduledAt;
        }

        long finishedAt() {
            return finishedAt;
        }

        boolean finished() {
            return finishedAt != Long.MAX_VALUE;
        }

        @Nullable
        String error() {
            return error;
        }

        void succeed(long at) {
            finishedAt = at;
        }

        void fail(long at, String code) {
            finishedAt = at;
            error = code;
        }

        String status() {
            if (!finished()) {
                return "NEW";
            }
            return error == null ? "SUCCESS" : "FAIL";
        }
    }

    long count(String status) {
        return tasks.stream().filter(it -> it.status().equals(status)).count();
    }

    boolean completed() {
        return tasks.stream().allMatch(Task::finished);
    }

    long completedAt() {
        return tasks.stream().mapToLong(Task::finishedAt).max().orElse(createdAt);
    }
}
