package dev.kontor.accounts.hooks;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What marketplaces tell by themselves.
 *
 * @param window how old what is told may be
 * @param kept how long it is remembered that it was told; longer than the window, or it could be told anew after that
 * @param retry after the first failure; each further one doubles it
 */
@ConfigurationProperties("kontor.accounts.hooks")
record HookProperties(
        @DefaultValue("3d") Duration window,
        @DefaultValue("30d") Duration kept,
        @DefaultValue("30s") Duration retry) {

    HookProperties {
        if (kept.compareTo(window) <= 0) {
            throw new IllegalArgumentException("kontor.accounts.hooks.kept must be longer than the window");
        }
    }
}
