package dev.kontor;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings that follow from others: without a database of its own Kontor brings one, and the sandbox with it unless a
 * marketplace is set; with the sandbox, adapters talk to it unless told otherwise.
 */
class Defaults implements EnvironmentPostProcessor, Ordered {

    private static final String API_URL = "kontor.allegro.api-url";
    private static final String AUTH_URL = "kontor.allegro.auth-url";
    private static final String CLIENT_ID = "kontor.allegro.client-id";
    private static final String WIX_URL = "kontor.wix.api-url";
    private static final String WEBHOOK_KEY = "kontor.wix.webhook.key";
    private static final String SIGNING_KEY = "kontor.sandbox.wix.webhooks.signing-key";
    private static final String WIX_APP = "kontor.wix.app-id";
    private static final String AMAZON_URL = "kontor.amazon.api-url";
    private static final String AMAZON_AUTH_URL = "kontor.amazon.auth-url";
    private static final String AMAZON_ID = "kontor.amazon.client-id";

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 10;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        checkPort(environment, "server.port");
        checkPort(environment, "kontor.sandbox.port");
        Map<String, Object> strong = new HashMap<>();
        Map<String, Object> weak = new HashMap<>();
        var url = environment.getProperty("kontor.database.url", "");
        var embedded = url.isBlank();
        strong.put("kontor.database.embedded", embedded);
        if (!embedded) {
            var database = DatabaseUrl.parse(url);
            strong.put("spring.datasource.url", database.jdbc());
            putFirstKnown(
                    strong,
                    "spring.datasource.username",
                    environment.getProperty("kontor.database.user"),
                    database.user());
            putFirstKnown(
                    strong,
                    "spring.datasource.password",
                    environment.getProperty("kontor.database.password"),
                    database.password());
        }
        var byDefault = embedded
                && !anySet(
                        environment,
                        API_URL,
                        AUTH_URL,
                        CLIENT_ID,
                        WIX_URL,
                        WIX_APP,
                        AMAZON_URL,
                        AMAZON_AUTH_URL,
                        AMAZON_ID);
        weak.put("kontor.sandbox.enabled", byDefault);
        var sandbox = flag(environment, "kontor.sandbox.enabled", byDefault);
        strong.put(
                "kontor.sandbox.in-force",
                sandbox && !anySet(environment, API_URL, AUTH_URL, WIX_URL, AMAZON_URL, AMAZON_AUTH_URL));
        if (sandbox) {
            var port = environment.getProperty("kontor.sandbox.port", "8090");
            weak.put("kontor.sandbox.port", port);
            weak.put(API_URL, "http://localhost:" + port + "/allegro");
            weak.put(AUTH_URL, "http://localhost:" + port + "/allegro/auth/oauth");
            weak.put(CLIENT_ID, "kontor-sandbox");
            weak.put("kontor.allegro.client-secret", "kontor-sandbox-secret");
            weak.put(WIX_URL, "http://localhost:" + port + "/wix");
            weak.put(WIX_APP, "6b1d0c3e-6b6f-4e0c-9d58-3f1f0d2a7c11");
            weak.put("kontor.wix.app-secret", "kontor-sandbox-app-secret");
            weak.put("kontor.wix.history", "365d"); // there is no older order in the story
            weak.putAll(hooks(environment));
            weak.put("kontor.sandbox.entries.wix.instanceId", "0f5c9c64-52f7-4a39-8f0b-6f7a5b0e9d21");
            amazon(weak, "http://localhost:" + port + "/amazon");
        }
        environment.getPropertySources().addFirst(new MapPropertySource("kontor-derived", strong));
        environment.getPropertySources().addLast(new MapPropertySource("kontor-defaults", weak));
    }

    /** The site that Kontor brings along tells it of changes, signed with a key that lives as long as the process. */
    private static Map<String, String> hooks(ConfigurableEnvironment environment) {
        var port = environment.getProperty("server.port", "8080");
        if (anySet(environment, WEBHOOK_KEY, SIGNING_KEY)) {
            return Map.of();
        }
        var keys = keyPair();
        var common = Map.of(
                WEBHOOK_KEY, Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                SIGNING_KEY,
                        Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        if (port.equals("0")) {
            return common; // the sandbox would have to know what is not known yet
        }
        var more = new HashMap<>(common);
        more.put("kontor.sandbox.wix.webhooks.url", "http://localhost:" + port + "/hooks/v1/wix");
        return more;
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has RSA
        }
    }

    private static void amazon(Map<String, Object> weak, String url) {
        weak.put(AMAZON_URL, url);
        weak.put(AMAZON_AUTH_URL, url);
        weak.put(AMAZON_ID, "amzn1.application-oa2-client.kontor-sandbox");
        weak.put("kontor.amazon.client-secret", "kontor-sandbox-amazon-secret");
        weak.put("kontor.amazon.queue.url", url + "/queue/000000000000/kontor");
        weak.put("kontor.amazon.queue.endpoint", url + "/queue");
        weak.put("kontor.amazon.queue.access-key", "kontor-sandbox");
        weak.put("kontor.amazon.queue.secret-key", "kontor-sandbox-queue-secret");
        weak.put("kontor.amazon.history", "120d"); // there is no older order in the story, and each day costs a search
        weak.put("kontor.sandbox.entries.amazon.refreshToken", "Atzr|kontor-sandbox-refresh-token");
        weak.put("kontor.sandbox.entries.amazon.sellerId", "A2KONTORSANDBX");
        weak.put("kontor.sandbox.entries.amazon.region", "eu");
        weak.put("kontor.sandbox.entries.amazon.marketplaceIds", "A1C3SOZRARQ6R3,A1PA6795UKMFR9");
    }

    private static void checkPort(ConfigurableEnvironment environment, String property) {
        var port = environment.getProperty(property, "0");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new WrongSetting(SettingName.of(property) + " is not the number of a port, from 0 to 65535.");
        }
    }

    private static boolean flag(ConfigurableEnvironment environment, String property, boolean byDefault) {
        try {
            return environment.getProperty(property, Boolean.class, byDefault);
        } catch (ConversionException e) {
            throw new WrongSetting(SettingName.of(property) + " is neither true nor false.");
        }
    }

    private static boolean anySet(ConfigurableEnvironment environment, String... names) {
        return Stream.of(names)
                .anyMatch(name -> !environment.getProperty(name, "").isBlank());
    }

    private static void putFirstKnown(
            Map<String, Object> target, String name, @Nullable String preferred, @Nullable String otherwise) {
        var value = preferred == null ? otherwise : preferred;
        if (value != null) {
            target.put(name, value);
        }
    }
}
