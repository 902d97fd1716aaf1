package dev.kontor.architecture.planted.printing.orders;

/** Speaks past the log, at length. */
class Dumping {
    void dump(RuntimeException e) {
        e.printStackTrace();
    }
}
