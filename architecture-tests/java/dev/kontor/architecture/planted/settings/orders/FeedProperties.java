package dev.kontor.architecture.planted.settings.orders;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Profile;

@Profile("planted")
@ConfigurationProperties("kontor.orders.feed")
record FeedProperties() {}
