package dev.kontor.architecture.planted.named;

class Defaults {
    String url = "http://localhost:8090/ozon";
}
