package dev.kontor.marketplaces;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Permission by what the seller has got from the marketplace and enters in Kontor. */
public sealed interface EnteredAuthorization extends Authorization permits ClientCredentials, RefreshGrant, StaticKey {

    /** What he has to enter. No two ways of a marketplace have the same names. */
    List<Field> fields();

    /**
     * Makes credentials of what was entered, which has every field in its form. Whether the marketplace accepts them may
     * show only when they are used.
     */
    Answer<Credentials> obtain(UUID account, Map<String, String> entered);

    /**
     * @param secret whether nobody may see it again
     * @param pattern that a value matches as a whole
     * @param rule the same in words that follow the name, such as {@code must be a GUID}
     */
    record Field(String name, boolean secret, String pattern, String rule) {

        public boolean accepts(String value) {
            return value.matches(pattern);
        }
    }
}
