package dev.kontor.api;

import java.util.Map;
import java.util.TreeMap;

/**
 * What every answer tells a browser to refuse, whoever gives it: a controller, a page, or the server itself for a request
 * that nobody could read.
 */
public final class AnswerHeaders {

    public static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    /** For what is no page: nothing is loaded, run or framed. */
    public static final String NO_CONTENT =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = new TreeMap<>(Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy",
                    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
                            + "microphone=(), midi=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Embedder-Policy", "require-corp",
            "Cross-Origin-Resource-Policy", "same-origin"));

    private AnswerHeaders() {}

    /** Those that no answer has another value of. */
    public static Map<String, String> always() {
        return ALWAYS;
    }
}
