package dev.kontor.notifications;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

/** Of something that people were told of. */
public record AlertId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
