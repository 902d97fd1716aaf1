package dev.kontor.access.users;

import java.util.UUID;

/** Someone who holds the settings gave a user a new password; whoever logged in with the old one is out. */
public record PasswordReset(UUID user) {}
