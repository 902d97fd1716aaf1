package dev.kontor.marketplaces.bazarek;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param pageSize at most 50 */
@ConfigurationProperties("kontor.bazarek")
record BazarekProperties(
        @DefaultValue("https://api.bazarek.example") URI apiUrl,
        @DefaultValue("50") int pageSize) {}
