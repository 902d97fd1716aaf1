package dev.kontor.privacy.keys;

import java.nio.file.Path;
import java.time.Clock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KeyFiles {

    @Bean
    KeyDirectory keyDirectory(@Value("${kontor.keys}") String path) {
        if (path.isBlank()) {
            throw new UnusableKeys("KONTOR_KEYS is empty; it names the directory of the key files.");
        }
        return new KeyDirectory(Path.of(path));
    }

    @Bean
    KeyFile<CredentialKeys> credentialKeys(KeyChecks checks, KeyDirectory directory, Clock clock) {
        return checks.open(directory, new CredentialKeysFormat(clock));
    }

    @Bean
    KeyFile<IndexKey> indexKey(KeyChecks checks, KeyDirectory directory) {
        return checks.open(directory, new IndexKeyFormat());
    }

    @Bean
    KeyFile<BuyerKeys> buyerKeys(KeyChecks checks, KeyDirectory directory) {
        return checks.open(directory, new BuyerKeysFormat());
    }
}
