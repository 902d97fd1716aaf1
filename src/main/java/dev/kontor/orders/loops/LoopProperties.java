package dev.kontor.orders.loops;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param loops by marketplace and kind, such as {@code allegro.feed: false} */
@ConfigurationProperties("kontor.orders")
record LoopProperties(@DefaultValue Map<String, Map<String, Boolean>> loops) {}
