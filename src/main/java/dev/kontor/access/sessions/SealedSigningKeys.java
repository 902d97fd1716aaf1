package dev.kontor.access.sessions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.access.SealedColumn;

/** Where the keys that sign access tokens lie sealed, for rotations of the key set. */
@Configuration(proxyBeanMethods = false)
class SealedSigningKeys {

    @Bean
    SealedColumn signingKeysColumn() {
        return new SealedColumn("access.signing_keys", "id", "sealed", SigningKeyStore::context);
    }
}
