package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

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
 * @param queue in which Amazon tells of changes; none by default
 * @param history how far back orders are brought in and proven; Amazon tells of two years
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
        @DefaultValue Queue queue) {

    /**
     * An SQS queue to which notifications of the type ORDER_CHANGE are subscribed.
     *
     * @param endpoint where it is served; by default its address tells
     * @param region by default its address tells
     */
    record Queue(
            @DefaultValue("") String url,
            @Nullable URI endpoint,
            @DefaultValue("") String region,
            @DefaultValue("") String accessKey,
            @DefaultValue("") String secretKey) {

        static final Queue NONE = new Queue("", null, "", "", "");

        private static final Pattern HOST = Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\.com.*");

        boolean configured() {
            return !url.isBlank();
        }

        URI server() {
            return endpoint == null || endpoint.toString().isBlank()
                    ? URI.create(url).resolve("/")
                    : endpoint;
        }

        String signingRegion() {
            var host = HOST.matcher(String.valueOf(URI.create(url).getHost()));
            return !region.isBlank() ? region : host.matches() ? host.group(1) : "eu-west-1";
        }

        @Override
        public String toString() {
            return "Queue[url=" + url + ", accessKey=***, secretKey=***]";
        }
    }

    boolean registered() {
        return !clientId.isBlank();
    }

    URI host(AmazonRegion region) {
        return apiUrl == null || apiUrl.toString().isBlank() ? region.host() : apiUrl;
    }

    /** A server on which documents may be although it is not a public one: the one that stands in for Amazon. */
    URI documents() {
        return apiUrl == null || apiUrl.toString().isBlank() ? authUrl : apiUrl;
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
