package dev.kontor.notifications.telegram;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.telegram.telegrambots.meta.api.objects.Update;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.kontor.notifications.telegram.TelegramApi.Said;

/** Where Telegram tells of updates by itself, and proves by a secret that it is Telegram. */
@Component
public class Webhook {

    /** Below the address that the settings name. */
    public static final String PATH = "/hooks/telegram";

    private final TelegramProperties properties;
    private final ObjectProvider<TelegramApi> telegram;
    private final Updates updates;
    private final Wake wake;
    private final ObjectMapper json =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    Webhook(TelegramProperties properties, ObjectProvider<TelegramApi> telegram, Updates updates, Wake wake) {
        this.properties = properties;
        this.telegram = telegram;
        this.updates = updates;
        this.wake = wake;
    }

    boolean isWanted() {
        return properties.on() && properties.webhook() != null;
    }

    Said<Boolean> announce() {
        var address = properties.webhook() + "";
        return telegram.getObject().tellUsAt(address.replaceAll("/+$", "") + PATH, secret());
    }

    /** The same on all instances, and of no use to find the token. */
    private String secret() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(properties.token().strip().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("webhook".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came of it. */
    public enum Taken {
        STORED,
        /** There is no bot, or it asks by itself; or it is not Telegram who tells. */
        REFUSED,
        /** No update. */
        UNREADABLE
    }

    /** It is handled later, so that Telegram need not wait. */
    public Taken take(@Nullable String proof, String body) {
        if (!isWanted() || proof == null || !isSecret(proof)) {
            return Taken.REFUSED;
        }
        try {
            var update = json.readValue(body, Update.class);
            if (update == null || update.getUpdateId() == null) {
                return Taken.UNREADABLE;
            }
            updates.store(UpdateReading.read(update));
            wake.handling();
            return Taken.STORED;
        } catch (JsonProcessingException e) {
            return Taken.UNREADABLE;
        }
    }

    private boolean isSecret(String proof) {
        return MessageDigest.isEqual(proof.getBytes(StandardCharsets.UTF_8), secret().getBytes(StandardCharsets.UTF_8));
    }
}
