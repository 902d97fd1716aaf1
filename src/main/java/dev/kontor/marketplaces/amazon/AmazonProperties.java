package dev.kontor.marketplaces.amazon;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param clientId of the application registered at Amazon; empty while there is none
 * @param apiUrl takes the place of every region's host
 * @param authUrl where tokens are given
 * @param pageSize at most 100
 * @param listingPageSize at most 20
 * @param feedFrom how many quantities at once are rather sent as a feed than one by one; a feed takes from five minutes
 *     to half an hour whatever it holds, in which thousands can be sent alone
 */
@ConfigurationProperties("kontor.amazon")
record AmazonProperties(
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @Nullable URI apiUrl,
        @DefaultValue("https://api.amazon.com") URI authUrl,
        @DefaultValue("0.1.0") String appVersion,
        @DefaultValue("100") int pageSize,
        @DefaultValue("20") int listingPageSize,
        @DefaultValue("5000") int feedFrom) {

    boolean registered() {
        return !clientId.isBlank();
    }

    URI host(AmazonRegion region) {
        return apiUrl == null || apiUrl.toString().isBlank() ? region.host() : apiUrl;
    }

    /** As Amazon wants programs to name themselves. */
    String userAgent() {
        return "Kontor/" + appVersion + " (Language=Java/" + Runtime.version().feature() + ")";
    }

    @Override
    public String toString() {
        return "AmazonProperties[clientId=" + clientId + ", clientSecret=***, apiUrl=" + apiUrl + ", authUrl=" + authUrl
                + "]";
    }
}
