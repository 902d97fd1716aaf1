package dev.kontor.access;

import java.util.Arrays;
import java.util.List;

/** What a person or an API key is trusted with; each role may do all that the ones after it may. */
public enum Role {
    ADMINISTRATOR,
    MANAGER,
    VIEWER;

    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }

    /** This role and all that it includes. */
    public List<Role> included() {
        return Arrays.stream(values()).filter(this::includes).toList();
    }
}
