package dev.kontor.sandbox.wix;

import java.util.List;

/** An order as it stands: the stages it went through, oldest first, never none. */
record Sale(int key, List<Stage> stages) {

    Stage now() {
        return stages.getLast();
    }

    long createdAt() {
        return stages.getFirst().at();
    }
}
