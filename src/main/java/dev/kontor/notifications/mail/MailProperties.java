package dev.kontor.notifications.mail;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The server that takes mail.
 *
 * @param host without one nothing is mailed
 * @param port null for the usual one
 * @param user null where the server asks nobody
 * @param from whom mails come from
 * @param url where people reach Kontor, for links; without one mails name paths
 * @param timeout for which the server may be silent
 */
@ConfigurationProperties("kontor.mail")
record MailProperties(
        @DefaultValue("") String host,
        @Nullable Integer port,
        @DefaultValue("STARTTLS") Security security,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("") String from,
        @Nullable URI url,
        @DefaultValue("20s") Duration timeout) {

    /** What nobody may read along with. */
    enum Security {
        /** Encrypted from the greeting on. */
        STARTTLS(587),
        /** Encrypted from the first byte on. */
        TLS(465),
        /** In the clear, such as to a server on the same machine. */
        NONE(25);

        private final int port;

        Security(int port) {
            this.port = port;
        }
    }

    MailProperties {
        user = user == null || user.isBlank() ? null : user;
        password = password == null || password.isEmpty() ? null : password;
        url = url == null || url.toString().isEmpty() ? null : url;
        if (!host.isBlank() && MailAddress.of(from).isEmpty()) {
            throw wrong("from", from, "must be the address that mails come from, such as kontor@shop.example.");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw wrong("port", port, "must be from 1 to 65535.");
        }
        if (url != null && (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme()))) {
            throw wrong("url", url, "must be the address of a server, such as https://kontor.example.");
        }
        if (!timeout.isPositive() || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw wrong("timeout", timeout, "must be more than 0s and at most 60s.");
        }
        if ((user == null) != (password == null)) {
            throw wrong(
                    user == null ? "user" : "password",
                    "",
                    "must be set together with the "
                            + (user == null ? "password" : "user")
                            + "; leave both out where the server asks nobody.");
        }
    }

    private static RuntimeException wrong(String name, Object value, String sentence) {
        return new InvalidConfigurationPropertyValueException(
                "kontor.mail." + name, value, "KONTOR_MAIL_" + name.toUpperCase(Locale.ROOT) + " " + sentence);
    }

    boolean on() {
        return !host.isBlank();
    }

    int usedPort() {
        return port == null ? security.port : port;
    }

    /** The part of the address behind the at sign, in which message ids are unique. */
    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }

    /** Below where people reach Kontor, or just the path. */
    String address(String path) {
        return url == null ? path : url.toString().replaceAll("/+$", "") + path;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailProperties[on=" + on() + ", port=" + usedPort() + ", security=" + security + "]";
    }
}
