package dev.kontor.marketplaces.wix;

import java.util.Map;

import dev.kontor.marketplaces.Credentials;

/** The entries of Wix's credentials, which are either an app's token or an owner's key. */
final class WixCredentials {

    static final String ACCESS = "access_token";
    static final String INSTANCE = "instanceId";
    static final String KEY = "apiKey";
    static final String SITE = "siteId";

    private WixCredentials() {}

    /** Site and account are never named together: Wix refuses both at once. */
    static Map<String, String> headers(Credentials credentials, String tokenPrefix) {
        return byKey(credentials)
                ? Map.of("Authorization", credentials.secret(KEY), "wix-site-id", credentials.secret(SITE))
                : Map.of("Authorization", tokenPrefix + credentials.secret(ACCESS));
    }

    /** The site, or the app's instance on it: whose limit and whose orders they are. */
    static String site(Credentials credentials) {
        return credentials.secret(byKey(credentials) ? SITE : INSTANCE);
    }

    private static boolean byKey(Credentials credentials) {
        return credentials.secrets().containsKey(KEY);
    }
}
