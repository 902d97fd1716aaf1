package dev.kontor.architecture.planted.listeners.orders;

import org.springframework.context.event.EventListener;

class Ear {
    @EventListener
    void on(String event) {}
}
