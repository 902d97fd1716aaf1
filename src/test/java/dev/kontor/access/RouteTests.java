package dev.kontor.access;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** What is to hold of routes whatever they declare; {@link DeclaredRouteTests} asks all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // logging in is slow on purpose
class RouteTests extends AccessFixture {

    private static final String ID = "9b2f6a0e-7d0f-4c57-9a0f-3f0a7f2e7f11";

    String password;
    Map<Role, HttpCaller> people;

    @BeforeAll
    void setUp() {
        password = GeneratedPassword.in(data).read();
        var administrator = loggedInAdministrator();
        people = Arrays.stream(Role.values())
                .collect(Collectors.toMap(
                        role -> role,
                        role -> Person.invited(administrator, "Somebody", role.name())
                                .loggedIn()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            POST,   /api/v1/auth/login,            everybody
            POST,   /api/v1/auth/refresh,          everybody
            POST,   /api/v1/auth/password-links,   everybody
            GET,    /.well-known/jwks.json,        everybody
            GET,    /password.html,                everybody
            GET,    /password.js,                  everybody
            GET,    /actuator/health,              everybody
            GET,    /actuator/health/liveness,     everybody
            GET,    /actuator/health/readiness,    everybody
            GET,    /hooks/v1/allegro,             everybody
            POST,   /hooks/v1/allegro,             everybody
            POST,   /hooks/v1/wix,                 everybody
            POST,   /hooks/v1/wix/{id},            everybody
            GET,    /api/v1/hooks,                 VIEWER
            POST,   /api/v1/hooks/{id}/retry,      MANAGER
            GET,    /api/v1/auth/me,               VIEWER
            POST,   /api/v1/auth/nothing,          VIEWER
            GET,    /api/v1/orders,                VIEWER
            GET,    /api/v1/nothing,               VIEWER
            HEAD,   /api/v1/orders,                VIEWER
            OPTIONS, /api/v1/orders,               VIEWER
            HEAD,   /api/v1/users,                 ADMINISTRATOR
            GET,    /v3/api-docs,                  VIEWER
            GET,    /swagger-ui/index.html,        VIEWER
            GET,    /docs/modules/,                VIEWER
            POST,   /api/v1/accounts,              MANAGER
            PATCH,  /api/v1/accounts/{id},         MANAGER
            PUT,    /api/v1/nothing,               VIEWER
            DELETE, /api/v1/accounts/{id},         MANAGER
            GET,    /api/v1/api-keys,              ADMINISTRATOR
            DELETE, /api/v1/api-keys/{id},         ADMINISTRATOR
            GET,    /api/v1/users,                 ADMINISTRATOR
            POST,   /api/v1/users,                 ADMINISTRATOR
            PATCH,  /api/v1/users/{id},            ADMINISTRATOR
            GET,    /api/v1/users/{id}/sessions,   ADMINISTRATOR
            DELETE, /api/v1/users/{id}/sessions,   ADMINISTRATOR
            DELETE, /api/v1/users/{id}/second-factor, ADMINISTRATOR
            DELETE, /api/v1/buyers/{id},           ADMINISTRATOR
            GET,    /api/v1/buyers/{id},           VIEWER
            GET,    /api/v1/buyers/{id}/erasure,   VIEWER
            GET,    /api/v1/buyers/{id}/export,    MANAGER
            GET,    /api/v1/credential-calendar,   VIEWER
            GET,    /api/v1/exchange-log,          MANAGER
            GET,    /api/v1/key-sets/credentials,  ADMINISTRATOR
            DELETE, /api/v1/key-sets/credentials/keys/{id}, ADMINISTRATOR
            GET,    /api/v1/key-sets/buyers,       ADMINISTRATOR
            POST,   /api/v1/key-sets/buyers/rotations, ADMINISTRATOR
            DELETE, /api/v1/key-sets/buyers/trees/{id}, ADMINISTRATOR
            GET,    /api/v1/key-sets/access-tokens, ADMINISTRATOR
            POST,   /api/v1/key-sets/access-tokens/rotations, ADMINISTRATOR
            GET,    /actuator/prometheus,          ADMINISTRATOR
            GET,    /actuator/modulith,            ADMINISTRATOR
            GET,    /nothing,                      ADMINISTRATOR
            GET,    /error,                        ADMINISTRATOR
            POST,   /v3/api-docs,                  nobody
            """)
    void isOpenToItsRoleAndTheOnesAbove(String method, String path, String least) {
        var address = path.replace("{id}", ID);
        var passes = method.equals("POST") ? "{}" : null;
        assertThat(mayPass(nobody().send(method, address, passes))).isEqualTo(least.equals("everybody"));
        for (var role : Role.values()) {
            var expected = switch (least) {
                case "everybody" -> true;
                case "nobody" -> false;
                default -> role.includes(Role.valueOf(least));
            };
            assertThat(mayPass(people.get(role).send(method, address, passes)))
                    .as("%s %s for %s", method, path, role)
                    .isEqualTo(expected);
        }
    }

    @Test
    void asksABrowserForNameAndPasswordOnPagesOnly() {
        var page = nobody().get("/v3/api-docs");
        assertThat(page.status()).isEqualTo(401);
        assertThat(page.header("WWW-Authenticate")).startsWith("Basic");
        var api = nobody().get("/api/v1/auth/me");
        assertThat(api.header("WWW-Authenticate")).isEqualTo("Bearer");
        var basic = nobody().with("Authorization", basic("administrator", password));
        assertThat(basic.get("/v3/api-docs").status()).isEqualTo(200);
        assertThat(basic.get("/api/v1/auth/me").status()).isEqualTo(401);
        var wrong =
                nobody().with("Authorization", basic("administrator", "wrong")).get("/v3/api-docs");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic");
    }

    @Test
    void refusalsAreProblemDetails() {
        var unknown = nobody().get("/api/v1/orders");
        assertThat(unknown.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(unknown.text("type")).isEqualTo("urn:kontor:problem:authentication-required");
        var forbidden = people.get(Role.VIEWER).post("/api/v1/accounts", "{}");
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(forbidden.text("type")).isEqualTo("urn:kontor:problem:forbidden");
        assertThat(forbidden.text("instance")).isEqualTo("/api/v1/accounts");
    }

    private static boolean mayPass(HttpCaller.Answer answer) {
        return answer.status() != 401 && answer.status() != 403;
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes());
    }
}
