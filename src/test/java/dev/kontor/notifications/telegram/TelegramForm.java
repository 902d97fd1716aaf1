package dev.kontor.notifications.telegram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;

import tools.jackson.databind.json.JsonMapper;

/** The two forms in which a method is asked: JSON, and with files in parts. */
final class TelegramForm {

    private static final JsonMapper JSON = JsonMapper.shared();

    private TelegramForm() {}

    static Map<String, String> read(HttpExchange exchange) throws IOException {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        var body = exchange.getRequestBody().readAllBytes();
        if (type == null || body.length == 0) {
            return Map.of();
        }
        return type.startsWith("multipart/form-data") ? multipart(type, body) : fields(body);
    }

    private static Map<String, String> fields(byte[] body) {
        var fields = new HashMap<String, String>();
        JSON.readTree(body).forEachEntry((name, value) -> {
            if (!value.isNull()) {
                fields.put(name, value.isString() ? value.asString() : value.toString());
            }
        });
        return fields;
    }

    private static Map<String, String> multipart(String type, byte[] body) {
        var boundary = "--" + type.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
        var fields = new HashMap<String, String>();
        for (var part : new String(body, StandardCharsets.UTF_8).split(Pattern.quote(boundary))) {
            var halves = part.split("\r\n\r\n", 2);
            var name = Pattern.compile(" name=\"([^\"]*)\"").matcher(halves[0]);
            if (halves.length == 2 && name.find()) {
                fields.put(name.group(1), halves[1].replaceFirst("\r\n$", ""));
                var file = Pattern.compile("filename=\"([^\"]*)\"").matcher(halves[0]);
                if (file.find()) {
                    fields.put("filename", file.group(1));
                    fields.put("content", fields.get(name.group(1)));
                }
            }
        }
        return fields;
    }
}
