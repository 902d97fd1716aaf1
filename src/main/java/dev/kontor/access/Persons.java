package dev.kontor.access;

import java.util.Optional;
import java.util.UUID;

/** What other modules may ask about people who speak to Kontor elsewhere than over HTTP. */
public interface Persons {

    /** With the role of this moment; empty of somebody who may not log in. */
    Optional<Caller> find(UUID user);
}
