package dev.kontor.accounts.authorization;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.access.SealedColumn;

/** Where codes that wait for sellers lie encrypted, and what was granted by them, for rotations of the key set. */
@Configuration(proxyBeanMethods = false)
class SealedAuthorizations {

    @Bean
    SealedColumn waitingCodesColumn() {
        return new SealedColumn(
                "accounts.authorizations", "account_id", "encrypted_code", PendingAuthorizations::context);
    }

    @Bean
    SealedColumn waitingGrantsColumn() {
        return new SealedColumn("accounts.authorizations", "account_id", "encrypted_grant", account -> account);
    }
}
