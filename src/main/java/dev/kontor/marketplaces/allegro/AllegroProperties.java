package dev.kontor.marketplaces.allegro;

import java.net.URI;
import java.text.Normalizer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param clientId of the application registered at Allegro; empty while there is none
 * @param appName the name under which it is registered
 * @param appPage a page about it, which Allegro wants to be told with every call
 * @param parallelism how many calls of one account's backfill may be under way at once
 */
@ConfigurationProperties("kontor.allegro")
record AllegroProperties(
        @DefaultValue("https://api.allegro.pl") URI apiUrl,
        @DefaultValue("https://allegro.pl/auth/oauth") URI authUrl,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("Kontor") String appName,
        @DefaultValue("0.1.0") String appVersion,
        @DefaultValue("https://example.org/kontor") URI appPage,
        @DefaultValue("100") int pageSize,
        @DefaultValue("1000") int eventPageSize,
        @DefaultValue("4") int parallelism) {

    boolean registered() {
        return !clientId.isBlank();
    }

    /** Allegro blocks applications that do not name themselves exactly so. */
    String userAgent() {
        var plain = Normalizer.normalize(appName.replace('ł', 'l').replace('Ł', 'L'), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .trim()
                .replaceAll("\\s+", "-");
        return plain + "/" + appVersion + " (+" + appPage + ")";
    }

    @Override
    public String toString() {
        return "AllegroProperties[apiUrl=" + apiUrl + ", authUrl=" + authUrl + ", clientId=" + clientId
                + ", clientSecret=***, userAgent=" + userAgent() + "]";
    }
}
