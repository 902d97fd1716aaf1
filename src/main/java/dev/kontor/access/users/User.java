package dev.kontor.access.users;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Role;

/**
 * A person who may log in.
 *
 * @param generatedPassword whether it is still the one that Kontor made up
 * @param presetHash of the password that the settings last prescribed
 */
public record User(
        UUID id,
        String name,
        Role role,
        boolean enabled,
        String passwordHash,
        boolean generatedPassword,
        @Nullable String presetHash) {

    @Override
    public String toString() {
        return "User[id=" + id + ", name=" + name + ", role=" + role + ", enabled=" + enabled + "]";
    }
}
