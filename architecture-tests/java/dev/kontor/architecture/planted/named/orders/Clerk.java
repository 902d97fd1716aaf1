package dev.kontor.architecture.planted.named.orders;

class Clerk {
    String note() {
        return "ozonization of wildberriesque hedges";
    }
}
