package dev.kontor.notifications.telegram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.notifications.telegram.ShownChat.Button;

/** The buttons beneath a message, as strictly as Telegram looks at them. */
final class TelegramKeyboard {

    private static final JsonMapper JSON = JsonMapper.shared();

    private TelegramKeyboard() {}

    static List<Button> buttons(long message, Map<String, String> query) {
        var buttons = new ArrayList<Button>();
        var markup = query.get("reply_markup");
        if (markup == null) {
            return buttons;
        }
        for (JsonNode row : JSON.readTree(markup).path("inline_keyboard")) {
            if (row.size() > 8) {
                throw new TelegramRefusal(400, "Bad Request: too many buttons in a row");
            }
            for (JsonNode button : row) {
                var label = button.path("text").asString("");
                var data = button.path("callback_data").asString("");
                var link = button.path("url").asString("");
                int length = data.getBytes(StandardCharsets.UTF_8).length;
                if (label.isBlank()) {
                    throw new TelegramRefusal(400, "Bad Request: text buttons are unallowed in the inline keyboard");
                }
                if (link.isEmpty() && (length < 1 || length > 64)) {
                    throw new TelegramRefusal(400, "Bad Request: BUTTON_DATA_INVALID");
                }
                buttons.add(new Button(message, label, data, link));
            }
        }
        return buttons;
    }
}
