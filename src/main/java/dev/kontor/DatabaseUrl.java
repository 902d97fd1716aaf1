package dev.kontor;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** {@code KONTOR_DATABASE_URL} in either form that people use: {@code jdbc:postgresql://…} or {@code postgresql://…}. */
record DatabaseUrl(
        String jdbc, @Nullable String user, @Nullable String password) {

    /** Java's own reading of it knows no host names with an underscore, which services of a compose file may have. */
    private static final Pattern AUTHORITY = Pattern.compile(
            "((?<user>[^:@]*)(:(?<password>[^@]*))?@)?(?<server>(\\[[0-9a-fA-F:.]+]|[\\w.-]+)(:\\d{1,5})?)");

    static DatabaseUrl parse(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(url, null, null);
        }
        try {
            var uri = new URI(url);
            var authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
            if (uri.getRawAuthority() == null
                    || !authority.matches()
                    || !("postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme()))) {
                throw wrong(null);
            }
            var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            var jdbc = "jdbc:postgresql://" + authority.group("server") + uri.getRawPath() + query;
            return new DatabaseUrl(jdbc, decoded(authority.group("user")), decoded(authority.group("password")));
        } catch (URISyntaxException e) {
            throw wrong(null); // the cause would quote the URL, and with it the password
        }
    }

    private static @Nullable String decoded(@Nullable String part) {
        return part == null ? null : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static WrongSetting wrong(@Nullable Throwable cause) {
        return new WrongSetting(
                "KONTOR_DATABASE_URL is not the address of a PostgreSQL database, such as postgresql://user:password@host:5432/kontor.",
                cause);
    }

    @Override
    public String toString() {
        return "DatabaseUrl[masked]";
    }
}
