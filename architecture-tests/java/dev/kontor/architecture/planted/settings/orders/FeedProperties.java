package dev.kontor.architecture.planted.settings.orders;

import org.springframework.boot.context.properties.ConfigurationProperties;

@ConfigurationProperties("kontor.orders.feed")
record FeedProperties() {}
