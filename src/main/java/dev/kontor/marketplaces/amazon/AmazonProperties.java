package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param clientId of the application registered at Amazon; empty while there is none
 * @param apiUrl takes the place of every region's host
 * @param authUrl where tokens are given
 * @param pageSize at most 100
 * @param delay after which a search tells of a change, as Amazon says
 * @param overlap how far back changes are asked for again, because a search learns of some still later
 * @param searchInterval how often changes are searched for; a search is permitted every three minutes, and the backfill
 *     and the certificate need some of them
 * @param history how far back orders are brought in and proven; Amazon tells of two years
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
        @DefaultValue("2m") Duration delay,
        @DefaultValue("5m") Duration overlap,
        @DefaultValue("5m") Duration searchInterval,
        @DefaultValue("730d") Duration history,
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
