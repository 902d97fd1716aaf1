package dev.kontor.architecture.planted.listeners.orders;

import org.springframework.modulith.events.ApplicationModuleListener;

/** Answers an event with another without meaning to. */
class Echo {
    @ApplicationModuleListener
    String on(String event) {
        return event;
    }
}
