package dev.kontor.architecture.planted.heard.orders;

import org.springframework.context.event.EventListener;

/** Listens to what was not meant for it. */
class Eavesdropper {
    @EventListener
    void on(Whisper whisper) {}

    @EventListener
    void on(OrderPlaced event) {}
}
