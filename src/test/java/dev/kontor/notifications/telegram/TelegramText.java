package dev.kontor.notifications.telegram;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be written in a message, as strictly as Telegram looks at it. */
final class TelegramText {

    private static final Pattern TOKENS = Pattern.compile("<(/?)([a-z-]*)([^>]*)>|&([^;\\s]{0,8});?|[<>]");
    private static final Set<String> TAGS = Set.of("b", "strong", "i", "em", "u", "s", "code", "pre", "a");

    private TelegramText() {}

    /** The text as a person sees it. */
    static String checked(Map<String, String> query) {
        var text = query.getOrDefault("text", "");
        if (!"HTML".equalsIgnoreCase(query.get("parse_mode"))) {
            throw new TelegramRefusal(400, "Bad Request: can't parse entities: Kontor writes HTML");
        }
        var open = new ArrayDeque<String>();
        var plain = new StringBuilder();
        int from = 0;
        var tokens = TOKENS.matcher(text);
        while (tokens.find()) {
            plain.append(text, from, tokens.start());
            from = tokens.end();
            if (tokens.group(4) != null) {
                plain.append(entity(tokens.group()));
            } else if (tokens.group(2) == null || !TAGS.contains(tokens.group(2))) {
                throw unparsable("Unsupported start tag \"" + tokens.group(2) + "\" at byte offset " + tokens.start());
            } else if (tokens.group(1).isEmpty()) {
                open.push(tokens.group(2));
            } else if (!tokens.group(2).equals(open.poll())) {
                throw unparsable("Unmatched end tag at byte offset " + tokens.start());
            }
        }
        plain.append(text.substring(from));
        if (!open.isEmpty()) {
            throw unparsable("Can't find end tag corresponding to start tag \"" + open.peek() + "\"");
        }
        if (plain.toString().isBlank()) {
            throw new TelegramRefusal(400, "Bad Request: message text is empty");
        }
        if (plain.length() > 4096) {
            throw new TelegramRefusal(400, "Bad Request: message is too long");
        }
        return plain.toString();
    }

    private static String entity(String entity) {
        return switch (entity) {
            case "&lt;" -> "<";
            case "&gt;" -> ">";
            case "&amp;" -> "&";
            case "&quot;" -> "\"";
            default -> throw unparsable("Unsupported entity " + entity);
        };
    }

    private static TelegramRefusal unparsable(String why) {
        return new TelegramRefusal(400, "Bad Request: can't parse entities: " + why);
    }
}
