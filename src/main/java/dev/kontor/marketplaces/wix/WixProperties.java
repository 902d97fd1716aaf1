package dev.kontor.marketplaces.wix;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param appId of the app registered at Wix; empty while there is none, then sites are connected by API key alone
 * @param tokenPrefix before an access token; Wix's own material shows it bare and with {@code Bearer}
 * @param pageSize at most 100
 * @param overlap how far back changes are asked for again, because a search learns of them late
 * @param history how far back orders are brought in and proven; Wix keeps them for ever
 */
@ConfigurationProperties("kontor.wix")
record WixProperties(
        @DefaultValue("https://www.wixapis.com") URI apiUrl,
        @DefaultValue("") String appId,
        @DefaultValue("") String appSecret,
        @DefaultValue("") String tokenPrefix,
        @DefaultValue("100") int pageSize,
        @DefaultValue("5m") Duration overlap,
        @DefaultValue("1825d") Duration history) {

    boolean registered() {
        return !appId.isBlank();
    }

    @Override
    public String toString() {
        return "WixProperties[apiUrl=" + apiUrl + ", appId=" + appId + ", appSecret=***]";
    }
}
