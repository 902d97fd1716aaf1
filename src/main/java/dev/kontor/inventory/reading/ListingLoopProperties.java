package dev.kontor.inventory.reading;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param loops by marketplace and kind, such as {@code allegro.listings: false} */
@ConfigurationProperties("kontor.inventory")
record ListingLoopProperties(@DefaultValue Map<String, Map<String, Boolean>> loops) {}
