package dev.kontor.access.files;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** @param data where Kontor keeps what it writes to disk */
@ConfigurationProperties("kontor")
public record AccessProperties(
        Path data,
        @DefaultValue Administrator administrator,
        @DefaultValue Passwords passwords,
        @DefaultValue AccessTokens accessTokens) {

    public AccessProperties {
        data = data.toAbsolutePath().normalize();
    }

    /** @param breached a list of stolen passwords, which nobody may choose; see {@link BreachedPasswords} */
    public record Passwords(@Nullable Path breached) {}

    /** @param rotation how long one key signs them */
    public record AccessTokens(@DefaultValue("30d") Duration rotation) {

        private static final Duration LEAST = Duration.ofHours(1);

        public AccessTokens {
            if (rotation.compareTo(LEAST) < 0) {
                throw new InvalidConfigurationPropertyValueException(
                        "kontor.access-tokens.rotation",
                        rotation,
                        "KONTOR_ACCESS_TOKENS_ROTATION must be a time of at least an hour, such as 30d.");
            }
        }
    }

    /** @param password prescribed for the administrator; a changed value resets the password at the next start */
    public record Administrator(@Nullable String password) {
        @Override
        public String toString() {
            return "Administrator[masked]";
        }
    }
}
