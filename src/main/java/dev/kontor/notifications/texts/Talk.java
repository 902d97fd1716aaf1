package dev.kontor.notifications.texts;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says things in a person's language and time. The sentences are in {@code messages}, in HTML; what is
 * put into them is text and stays text.
 */
public final class Talk {

    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale language;
    private final ZoneId zone;
    private final ResourceBundle words;

    private Talk(String messages, Locale language, ZoneId zone) {
        this.language = language;
        this.zone = zone;
        this.words = ResourceBundle.getBundle("messages/" + messages, language, NO_FALLBACK);
    }

    /** What the bot says, and what all channels say of a day. */
    public static Talk of(Locale language, ZoneId zone) {
        return new Talk("telegram", language, zone);
    }

    /** What only mails say. */
    public static Talk mail(Locale language, ZoneId zone) {
        return new Talk("mail", language, zone);
    }

    public Locale language() {
        return language;
    }

    public ZoneId zone() {
        return zone;
    }

    /** HTML, with the values as text. */
    public String say(String key, Object... values) {
        return PLACE.matcher(words.getString(key)).replaceAll(found -> {
            var value = values[Integer.parseInt(found.group(1))];
            return Matcher.quoteReplacement(escaped(shown(value)));
        });
    }

    /** For what is no HTML: labels of buttons, and what is shown to who presses one. */
    public String plain(String key, Object... values) {
        return PLACE.matcher(words.getString(key))
                .replaceAll(found -> Matcher.quoteReplacement(shown(values[Integer.parseInt(found.group(1))])));
    }

    /** A code in words where there are any. */
    public String word(String prefix, String code) {
        try {
            return words.getString(prefix + "." + code);
        } catch (MissingResourceException e) {
            return code;
        }
    }

    private String shown(Object value) {
        return switch (value) {
            case Long number -> NumberFormat.getIntegerInstance(language).format(number);
            case Integer number -> NumberFormat.getIntegerInstance(language).format(number);
            case Instant at ->
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(language)
                        .format(at.atZone(zone));
            case LocalDate day ->
                DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                        .withLocale(language)
                        .format(day);
            default -> value.toString();
        };
    }

    /** In the largest unit that says enough. */
    public String age(Duration age) {
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            return plain("age.seconds", Math.max(0, age.toSeconds()));
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return plain("age.minutes", age.toMinutes());
        }
        return age.compareTo(Duration.ofDays(2)) < 0
                ? plain("age.hours", age.toHours())
                : plain("age.days", age.toDays());
    }

    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\0", "");
    }
}
