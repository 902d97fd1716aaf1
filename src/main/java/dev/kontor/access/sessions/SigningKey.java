package dev.kontor.access.sessions;

import java.time.Instant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/** Signs access tokens from the moment on at which it was made, until there is a newer one. */
record SigningKey(ECKey key, Instant createdAt) {

    static SigningKey make(Instant at) {
        try {
            var key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            return new SigningKey(key, at);
        } catch (JOSEException e) {
            throw new IllegalStateException("no key for access tokens could be made", e);
        }
    }

    String id() {
        return key.getKeyID();
    }

    /** The key's own text holds its secret. */
    @Override
    public String toString() {
        return "SigningKey[" + id() + "]";
    }
}
