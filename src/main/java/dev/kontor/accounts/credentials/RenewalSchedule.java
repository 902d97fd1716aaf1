package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.register.AccountJob;
import dev.kontor.accounts.register.AccountRegister;

/** Renews each connected account's credentials ahead of their expiry. */
@Configuration(proxyBeanMethods = false)
class RenewalSchedule {

    static final String NAME = "account-renewal";

    private final AccountRegister register;
    private final CredentialStore store;

    RenewalSchedule(AccountRegister register, CredentialStore store) {
        this.register = register;
        this.store = store;
    }

    @Bean
    CustomTask<Void> accountRenewal(AccountJob jobs, DueRenewal renewal) {
        return jobs.task(NAME, renewal::run, this::next);
    }

    @Bean
    DueRenewal dueRenewal(OpenedCredentials opened, RenewalFlight flight, Clock clock) {
        return new DueRenewal(register, opened, flight, clock);
    }

    private Optional<Instant> next(AccountId account) {
        return register.find(account)
                .filter(found -> found.state().connected())
                .flatMap(found -> store.find(account))
                .flatMap(row -> Optional.ofNullable(row.renewAt()));
    }
}
