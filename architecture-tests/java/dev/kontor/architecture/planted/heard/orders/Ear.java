package dev.kontor.architecture.planted.heard.orders;

import org.springframework.context.event.EventListener;

class Ear {
    @EventListener
    void on(OrderPlaced event) {}
}
