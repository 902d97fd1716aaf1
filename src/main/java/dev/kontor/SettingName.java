package dev.kontor;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a person knows a setting: by its environment variable. */
final class SettingName {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z0-9.-]+)");

    private SettingName() {}

    static String of(String property) {
        return switch (property) {
            case "server.port" -> "KONTOR_PORT";
            case "server.forward-headers-strategy" -> "KONTOR_FORWARDED_HEADERS";
            default -> property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        };
    }

    /** The setting that an expression such as <code>${kontor.data}</code> reads; the expression itself where it reads none. */
    static String read(String expression) {
        var found = PLACEHOLDER.matcher(expression);
        return found.find() ? of(found.group(1)) : expression;
    }
}
