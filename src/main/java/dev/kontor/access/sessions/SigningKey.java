package dev.kontor.access.sessions;

import java.text.ParseException;

import org.springframework.stereotype.Component;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import dev.kontor.access.files.AccessProperties;
import dev.kontor.access.files.SecretFile;

/**
 * Signs access tokens. It is made on the first start and is not in the database. Deleting its file and starting again
 * replaces it; clients then refresh their tokens.
 */
@Component
class SigningKey {

    private final ECKey key;

    SigningKey(AccessProperties properties) {
        var file = new SecretFile(properties.keys().resolve("access-tokens.jwk"));
        try {
            var content = file.read();
            key = ECKey.parse(content.isPresent() ? content.get() : file.writeIfAbsent(generate()));
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(file.path() + " holds no signing key (KONTOR_KEYS)"); // no cause: it quotes
        }
    }

    ECKey key() {
        return key;
    }

    private static String generate() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256)
                .keyIDFromThumbprint(true)
                .generate()
                .toJSONString();
    }
}
