package dev.kontor.notifications.webhooks;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

/** Of an address that webhooks are sent to. */
public record EndpointId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
