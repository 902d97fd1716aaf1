package dev.kontor.accounts.credentials;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.access.SealedColumn;

/** Where credentials lie encrypted, for rotations of their key set. */
@Configuration(proxyBeanMethods = false)
class SealedCredentials {

    @Bean
    SealedColumn credentialsColumn() {
        return new SealedColumn("accounts.credentials", "account_id", "encrypted", account -> account);
    }
}
