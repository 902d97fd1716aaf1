package dev.kontor.accounts.authorization;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;

import dev.kontor.accounts.register.AccountJob;

/** Waits for sellers' confirmations at the interval that the marketplace asks for. */
@Configuration(proxyBeanMethods = false)
class AuthorizationSchedule {

    static final String NAME = "account-authorization";

    @Bean
    CustomTask<Void> accountAuthorization(
            AccountJob jobs, AuthorizationPoll poll, PendingAuthorizations authorizations) {
        return jobs.task(NAME, poll::run, authorizations::pollAt);
    }
}
