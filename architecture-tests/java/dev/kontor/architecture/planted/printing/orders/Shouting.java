package dev.kontor.architecture.planted.printing.orders;

/** Speaks past the log. */
class Shouting {
    void shout() {
        System.out.println("!");
    }
}
