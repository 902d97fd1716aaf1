package dev.kontor.api.web;

import java.net.URI;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** @param origins such as {@code https://shop.example}, whose pages may call the interface from a browser */
@ConfigurationProperties("kontor.api")
record CrossOriginProperties(@DefaultValue List<String> origins) {

    CrossOriginProperties {
        origins =
                origins.stream().filter(it -> !it.isBlank()).map(String::strip).toList();
        for (var origin : origins) {
            if (!isOne(origin)) {
                throw new InvalidConfigurationPropertyValueException(
                        "kontor.api.origins",
                        origin,
                        "KONTOR_API_ORIGINS takes origins such as https://shop.example, separated by commas: a scheme, a"
                                + " host and perhaps a port, and no wildcard.");
            }
        }
    }

    private static boolean isOne(String origin) {
        try {
            var address = URI.create(origin);
            return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && address.getRawPath().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
