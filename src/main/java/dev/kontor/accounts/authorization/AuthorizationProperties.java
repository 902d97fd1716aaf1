package dev.kontor.accounts.authorization;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Kontor waits for a seller's confirmation.
 *
 * @param lease how long one instance has a code to itself; longer than a call takes
 */
@ConfigurationProperties("kontor.accounts.authorization")
record AuthorizationProperties(@DefaultValue("30s") Duration lease) {}
