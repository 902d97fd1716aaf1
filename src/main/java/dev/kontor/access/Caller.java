package dev.kontor.access;

import java.util.UUID;

/**
 * Who makes the present request. A controller gets it as a parameter of this type.
 *
 * @param id of the user or of the API key
 * @param personalData whether buyers' personal data may be shown to it
 */
public record Caller(Kind kind, UUID id, String name, Role role, boolean personalData) {

    public enum Kind {
        PERSON,
        API_KEY
    }

    public static Caller person(UUID id, String name, Role role) {
        return new Caller(Kind.PERSON, id, name, role, role.includes(Role.MANAGER));
    }

    public static Caller apiKey(UUID id, String name, Role role, boolean personalData) {
        return new Caller(Kind.API_KEY, id, name, role, personalData);
    }

    public boolean mayReadPersonalData() {
        return personalData;
    }
}
