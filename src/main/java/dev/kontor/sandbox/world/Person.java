package dev.kontor.sandbox.world;

import org.jspecify.annotations.Nullable;

/** Somebody who buys, on whichever marketplace. Every one is invented. */
public record Person(
        String firstName,
        String lastName,
        @Nullable String company,
        String taxId,
        @Nullable String phone,
        String street,
        String city,
        String zipCode,
        String country) {}
