package dev.kontor;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultsTests {

    /** As if these environment variables were all there are. */
    private static ConfigurableEnvironment with(Map<String, Object> variables) {
        var environment = new MockEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        new Defaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    private static boolean is(ConfigurableEnvironment environment, String name) {
        return environment.getRequiredProperty(name, Boolean.class);
    }

    @Test
    void bringsADatabaseAndTheSandboxWhenNothingIsSet() {
        var environment = with(Map.of());

        assertThat(is(environment, "kontor.database.embedded")).isTrue();
        assertThat(is(environment, "kontor.sandbox.enabled")).isTrue();
        assertThat(is(environment, "kontor.sandbox.in-force")).isTrue();
        assertThat(environment.getProperty("kontor.allegro.api-url")).isEqualTo("http://localhost:8090/allegro");
        assertThat(environment.getProperty("kontor.allegro.auth-url"))
                .isEqualTo("http://localhost:8090/allegro/auth/oauth");
        assertThat(environment.getProperty("kontor.allegro.client-id")).isEqualTo("kontor-sandbox");
        assertThat(environment.getProperty("kontor.wix.api-url")).isEqualTo("http://localhost:8090/wix");
        assertThat(environment.getProperty("kontor.amazon.api-url")).isEqualTo("http://localhost:8090/amazon");
        assertThat(environment.getProperty("kontor.amazon.queue.url"))
                .isEqualTo("http://localhost:8090/amazon/queue/000000000000/kontor");
    }

    @Test
    void theSandboxTellsOfChangesAndKontorCanCheckThatItDid() {
        var environment = with(Map.of("KONTOR_PORT", "9090", "SERVER_PORT", "9090"));

        assertThat(environment.getProperty("kontor.sandbox.wix.webhooks.url"))
                .isEqualTo("http://localhost:9090/hooks/v1/wix");
        assertThat(environment.getProperty("kontor.wix.webhook.key")).isNotBlank();
        assertThat(environment.getProperty("kontor.sandbox.wix.webhooks.signing-key"))
                .isNotBlank()
                .isNotEqualTo(with(Map.of()).getProperty("kontor.sandbox.wix.webhooks.signing-key"));
    }

    @Test
    void nobodyCanTellOfChangesWhereThereIsNoSandboxAndNoKey() {
        var environment = with(Map.of("KONTOR_WIX_APP_ID", "an-app"));

        assertThat(environment.getProperty("kontor.wix.webhook.key")).isNull();
    }

    @Test
    void adaptersFollowTheSandboxToItsPort() {
        assertThat(with(Map.of("KONTOR_SANDBOX_PORT", "9999")).getProperty("kontor.allegro.api-url"))
                .isEqualTo("http://localhost:9999/allegro");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KONTOR_ALLEGRO_API_URL",
                "KONTOR_ALLEGRO_AUTH_URL",
                "KONTOR_ALLEGRO_CLIENT_ID",
                "KONTOR_WIX_API_URL",
                "KONTOR_WIX_APP_ID",
                "KONTOR_AMAZON_API_URL",
                "KONTOR_AMAZON_AUTH_URL",
                "KONTOR_AMAZON_CLIENT_ID"
            })
    void leavesTheSandboxOutWhenAMarketplaceIsSet(String variable) {
        var environment = with(Map.of(variable, "https://allegro.example"));

        assertThat(is(environment, "kontor.database.embedded")).isTrue();
        assertThat(is(environment, "kontor.sandbox.enabled")).isFalse();
        assertThat(is(environment, "kontor.sandbox.in-force")).isFalse();
        assertThat(environment.getProperty("kontor.allegro.client-secret")).isNull();
    }

    @Test
    void anEmptyVariableIsNotSet() {
        assertThat(is(with(Map.of("KONTOR_ALLEGRO_CLIENT_ID", "")), "kontor.sandbox.enabled"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KONTOR_ALLEGRO_API_URL",
                "KONTOR_ALLEGRO_AUTH_URL",
                "KONTOR_WIX_API_URL",
                "KONTOR_AMAZON_API_URL",
                "KONTOR_AMAZON_AUTH_URL"
            })
    void connectsNobodyToASandboxThatIsNotAskedByTheAdapter(String variable) {
        var environment = with(Map.of("KONTOR_SANDBOX_ENABLED", "true", variable, "https://allegro.example"));

        assertThat(is(environment, "kontor.sandbox.enabled")).isTrue();
        assertThat(is(environment, "kontor.sandbox.in-force")).isFalse();
    }

    @Test
    void aDatabaseOfTheUsersOwnComesWithoutASandboxUnlessHeAsksForIt() {
        var url = "postgresql://kontor_db/kontor";

        assertThat(is(with(Map.of("KONTOR_DATABASE_URL", url)), "kontor.sandbox.enabled"))
                .isFalse();
        var asked = with(Map.of("KONTOR_DATABASE_URL", url, "KONTOR_SANDBOX_ENABLED", "true"));
        assertThat(is(asked, "kontor.sandbox.in-force")).isTrue();
        assertThat(is(asked, "kontor.database.embedded")).isFalse();
        assertThat(asked.getProperty("spring.datasource.url")).isEqualTo("jdbc:postgresql://kontor_db/kontor");
    }

    @Test
    void aUserThatIsSetComesBeforeTheOneInTheAddress() {
        var environment = with(
                Map.of("KONTOR_DATABASE_URL", "postgresql://one:first@db/kontor", "KONTOR_DATABASE_USER", "another"));

        assertThat(environment.getProperty("spring.datasource.username")).isEqualTo("another");
        assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("first");
    }
}
