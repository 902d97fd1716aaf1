package dev.kontor.access.keys;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Role;

/** Asks for a new key; one without expiry works until it is deleted. */
public record CreateApiKey(
        String name,
        Role role,
        boolean personalData,
        @Nullable Instant expiresAt) {}
