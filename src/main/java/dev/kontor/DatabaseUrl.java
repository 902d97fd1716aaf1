package dev.kontor;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/** {@code KONTOR_DATABASE_URL} in either form that people use: {@code jdbc:postgresql://…} or {@code postgresql://…}. */
record DatabaseUrl(
        String jdbc, @Nullable String user, @Nullable String password) {

    static DatabaseUrl parse(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(url, null, null);
        }
        try {
            var uri = new URI(url);
            if (uri.getHost() == null
                    || !("postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme()))) {
                throw wrong(null);
            }
            var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            var jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
            var userInfo = uri.getUserInfo();
            if (userInfo == null) {
                return new DatabaseUrl(jdbc, null, null);
            }
            var colon = userInfo.indexOf(':');
            return colon < 0
                    ? new DatabaseUrl(jdbc, userInfo, null)
                    : new DatabaseUrl(jdbc, userInfo.substring(0, colon), userInfo.substring(colon + 1));
        } catch (URISyntaxException e) {
            throw wrong(null); // the cause would quote the URL, and with it the password
        }
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
