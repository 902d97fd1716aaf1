package dev.kontor.notifications.telegram;

import java.util.Map;

/** What Telegram says where it does not do what it was asked for. */
final class TelegramRefusal extends RuntimeException {
    final int code;
    final Map<String, Object> parameters;

    TelegramRefusal(int code, String description, Map<String, Object> parameters) {
        super(description);
        this.code = code;
        this.parameters = parameters;
    }

    TelegramRefusal(int code, String description) {
        this(code, description, Map.of());
    }
}
