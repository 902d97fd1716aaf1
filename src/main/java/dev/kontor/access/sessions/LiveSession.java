package dev.kontor.access.sessions;

import java.util.UUID;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;

/** A login that is neither ended nor expired, of a user who may log in. */
public record LiveSession(UUID id, UUID userId, String userName, Role role) {

    public Caller caller() {
        return Caller.person(userId, userName, role);
    }
}
