package dev.kontor.access;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonValue;

import dev.kontor.api.Area;

/** What an API key is for: to read or to write in a module, and apart from that, buyers' personal data. */
public enum Scope {
    ACCOUNTS_READ,
    ACCOUNTS_WRITE,
    ORDERS_READ,
    ORDERS_WRITE,
    INVENTORY_READ,
    INVENTORY_WRITE,
    MARKETPLACES_READ,
    MARKETPLACES_WRITE,
    PRIVACY_READ,
    PRIVACY_WRITE,
    OPERATIONS_READ,
    OPERATIONS_WRITE,
    NOTIFICATIONS_READ,
    NOTIFICATIONS_WRITE,
    ACCESS_READ,
    ACCESS_WRITE,
    AUDIT_READ,
    AUDIT_WRITE,
    PERSONAL_DATA_READ;

    public static Scope of(Area area, boolean writing) {
        return valueOf(area.name() + (writing ? "_WRITE" : "_READ"));
    }

    /** @param text such as {@code orders:read} */
    public static Scope parse(String text) {
        return valueOf(text.replace('-', '_').replace(':', '_').toUpperCase(Locale.ROOT));
    }

    /** Whoever may write may read. */
    public static boolean permit(Set<Scope> scopes, Area area, boolean writing) {
        return scopes.contains(of(area, true)) || !writing && scopes.contains(of(area, false));
    }

    /** Such as {@code orders:read}. */
    @JsonValue
    public String text() {
        var verb = name().lastIndexOf('_');
        return (name().substring(0, verb).replace('_', '-') + ":" + name().substring(verb + 1))
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text();
    }
}
