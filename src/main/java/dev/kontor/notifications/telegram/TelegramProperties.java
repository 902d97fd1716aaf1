package dev.kontor.notifications.telegram;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The bot and how it is reached.
 *
 * @param token that BotFather gave; without one there is no bot
 * @param url where the Bot API is
 * @param webhook the address below which Telegram reaches Kontor; without one Kontor asks
 * @param poll for how long Telegram may wait for something to tell
 * @param holdBack an alert that is not critical and heals before then calls nobody
 * @param again what comes sooner after an alert of the same origin waits until then to call somebody
 * @param zone in which a chat's hours are, until somebody says another one there
 */
@ConfigurationProperties("kontor.telegram")
record TelegramProperties(
        @DefaultValue("") String token,
        @DefaultValue("https://api.telegram.org") URI url,
        @Nullable URI webhook,
        @DefaultValue("50s") Duration poll,
        @DefaultValue("10m") Duration holdBack,
        @DefaultValue("1h") Duration again,
        @DefaultValue("UTC") ZoneId zone) {

    TelegramProperties {
        requireServer("url", url);
        if (url.getPath() != null && url.getPath().length() > 1) {
            throw wrong("url", url, "must be a server's address without a path, such as http://localhost:8081.");
        }
        if (webhook != null && !webhook.toString().isEmpty()) {
            requireServer("webhook", webhook);
        } else {
            webhook = null;
        }
        if (poll.isNegative() || poll.compareTo(Duration.ofSeconds(60)) > 0) {
            throw wrong("poll", poll, "must be from 0s to 60s.");
        }
        requirePatience("hold-back", holdBack);
        requirePatience("again", again);
    }

    private static void requirePatience(String name, Duration time) {
        if (time.isNegative() || time.compareTo(Duration.ofHours(12)) > 0) {
            throw wrong(name, time, "must be from 0s to 12h.");
        }
    }

    private static void requireServer(String name, URI address) {
        var scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw wrong(name, address, "must be the address of a server, such as https://kontor.example.");
        }
    }

    private static RuntimeException wrong(String name, Object value, String sentence) {
        return new InvalidConfigurationPropertyValueException(
                "kontor.telegram." + name,
                value,
                "KONTOR_TELEGRAM_" + name.replace("-", "").toUpperCase(java.util.Locale.ROOT) + " " + sentence);
    }

    boolean on() {
        return !token.isBlank();
    }

    /** For who hears of it: the token is the bot. */
    @Override
    public String toString() {
        return "TelegramProperties[url=" + url + ", webhook=" + webhook + ", on=" + on() + "]";
    }
}
