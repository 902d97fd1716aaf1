package dev.kontor.access.users;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Role;

/**
 * A person who may log in.
 *
 * @param passwordHash null of somebody who was invited and has not come yet
 * @param generatedPassword whether it is still the one that Kontor made up
 * @param presetHash of the password that the settings last prescribed
 */
public record User(
        UUID id,
        String name,
        Role role,
        boolean enabled,
        @Nullable String passwordHash,
        boolean generatedPassword,
        @Nullable String presetHash,
        Instant createdAt,
        long version) {

    @Override
    public String toString() {
        return "User[id=" + id + ", name=" + name + ", role=" + role + ", enabled=" + enabled + "]";
    }
}
