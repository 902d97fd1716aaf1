package dev.kontor.access.files;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param data where Kontor keeps what it writes to disk
 * @param keys where it keeps the key that signs access tokens; instances that share a database share this directory
 */
@ConfigurationProperties("kontor")
public record AccessProperties(
        Path data,
        Path keys,
        @DefaultValue Administrator administrator,
        @DefaultValue Passwords passwords) {

    public AccessProperties {
        data = data.toAbsolutePath().normalize();
        keys = keys.toAbsolutePath().normalize();
    }

    /** @param breached a list of stolen passwords, which nobody may choose; see {@link BreachedPasswords} */
    public record Passwords(@Nullable Path breached) {}

    /** @param password prescribed for the administrator; a changed value resets the password at the next start */
    public record Administrator(@Nullable String password) {
        @Override
        public String toString() {
            return "Administrator[masked]";
        }
    }
}
