package dev.kontor.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Who makes the present request. A controller gets it as a parameter of this type.
 *
 * @param id of the user or of the API key
 * @param role of the person; of a key, that of the person who was shown its secret, for it never does more
 * @param personalData whether buyers' personal data may be shown to it
 * @param scopes of a key; a person has none and needs none
 */
public record Caller(Kind kind, UUID id, String name, Role role, boolean personalData, Set<Scope> scopes) {

    public enum Kind {
        PERSON,
        API_KEY
    }

    public Caller {
        var inOrder = EnumSet.noneOf(Scope.class);
        inOrder.addAll(scopes);
        scopes = Collections.unmodifiableSet(inOrder);
    }

    public static Caller person(UUID id, String name, Role role) {
        return new Caller(Kind.PERSON, id, name, role, role.includes(Role.MANAGER), Set.of());
    }

    public static Caller apiKey(UUID id, String name, Role role, Set<Scope> scopes) {
        boolean personalData = role.includes(Role.MANAGER) && scopes.contains(Scope.PERSONAL_DATA_READ);
        return new Caller(Kind.API_KEY, id, name, role, personalData, scopes);
    }

    /** For what is kept of who did something: by id, because a name is personal and may change. */
    public String actor() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + id;
    }

    public boolean mayReadPersonalData() {
        return personalData;
    }
}
