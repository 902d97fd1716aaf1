package dev.kontor.marketplaces.wix;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * @param key by which Wix's requests are known to be its own: PEM as the dashboard shows it, or that in base64; empty
 *     where none are expected
 */
@ConfigurationProperties("kontor.wix.webhook")
record WixWebhookProperties(@DefaultValue("") String key) {

    WixWebhookProperties {
        parse(key);
    }

    Optional<RSAPublicKey> publicKey() {
        return parse(key);
    }

    private static Optional<RSAPublicKey> parse(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(read(text));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "kontor.wix.webhook.key",
                    text,
                    "KONTOR_WIX_WEBHOOK_KEY is not a public RSA key as Wix's dashboard shows it (PEM, or PEM in base64).");
        }
    }

    private static RSAPublicKey read(String text) throws GeneralSecurityException {
        var content = text.contains("-----") ? text : new String(decoded(text), US_ASCII);
        var bytes = content.contains("-----") ? decoded(content.replaceAll("-----[A-Z ]+-----", "")) : decoded(text);
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
    }

    /** In a variable the line ends are often written as {@code \n}. */
    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64.replace("\\n", "").replaceAll("\\s+", ""));
    }
}
