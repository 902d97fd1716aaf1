package dev.kontor.inventory.reservations;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.ListingsRead;

/** Finds out what listings sell that a marketplace has told of. */
@Component
class ReadListingsMatching {

    private final Linking linking;

    ReadListingsMatching(Linking linking) {
        this.linking = linking;
    }

    @ApplicationModuleListener
    void on(ListingsRead event) {
        if (!event.numbered().isEmpty()) {
            linking.matchAgain(event.account(), event.numbered());
        }
    }
}
