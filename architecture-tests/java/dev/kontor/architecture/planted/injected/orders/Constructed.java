package dev.kontor.architecture.planted.injected.orders;

record Constructed(String value) {}
