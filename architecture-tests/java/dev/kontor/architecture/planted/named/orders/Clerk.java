package dev.kontor.architecture.planted.named.orders;

class Clerk {
    String note() {
        return "between twixt and amazonite";
    }
}
