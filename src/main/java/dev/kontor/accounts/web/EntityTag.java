package dev.kontor.accounts.web;

import java.util.Arrays;

/** An account's version as an entity tag (RFC 9110, section 8.8.3). */
final class EntityTag {

    private EntityTag() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** @param header {@code If-Match}: one tag, several, or a star for whatever there is */
    static boolean matches(String header, long version) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(of(version)));
    }
}
