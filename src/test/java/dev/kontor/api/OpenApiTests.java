package dev.kontor.api;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
class OpenApiTests {

    @LocalServerPort
    int port;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void describesEveryRoute() {
        var document = HttpCaller.nobody(port)
                .login("administrator", "only-for-this-test")
                .get("/v3/api-docs")
                .json();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.at("/components/securitySchemes/accessToken/scheme").asString())
                .isEqualTo("bearer");
        assertThat(document.at("/components/securitySchemes/apiKey/name").asString())
                .isEqualTo("X-API-Key");
        assertThat(document.at("/components/schemas/Problem/properties/errors/type")
                        .asString())
                .isEqualTo("array");
        assertThat(document.path("paths").size()).isPositive();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> assertDescribed(document.path("paths")
                                        .path(path)
                                        .path(method.name().toLowerCase(Locale.ROOT))))));
    }

    @Test
    void saysOfEachOperationWhatItAsksOfItsCaller() {
        var paths = HttpCaller.nobody(port)
                .login("administrator", "only-for-this-test")
                .get("/v3/api-docs")
                .json()
                .path("paths");
        var export = paths.at("/~1api~1v1~1orders/get");
        assertThat(export.path("security").toString())
                .isEqualTo("[{\"accessToken\":[\"VIEWER\"]},{\"apiKey\":[\"orders:read\"]}]");
        assertThat(export.path("description").asString()).contains("every word must match", "`orders:read`", "VIEWER");
        assertThat(paths.at("/~1api~1v1~1accounts/post/security/1/apiKey/0").asString())
                .isEqualTo("accounts:write");
        assertThat(paths.at("/~1api~1v1~1buyers~1{id}/delete/security/0/accessToken/0")
                        .asString())
                .isEqualTo("ADMINISTRATOR");
        assertThat(paths.at("/~1api~1v1~1auth~1logout/post/security").toString())
                .as("not for keys")
                .isEqualTo("[{\"accessToken\":[]}]");
        var login = paths.at("/~1api~1v1~1auth~1login/post");
        assertThat(login.path("security")).isEmpty();
        assertThat(login.path("security").isArray()).isTrue();
        assertThat(login.path("responses").propertyNames()).contains("429").doesNotContain("403");
        assertThat(paths.properties())
                .hasSizeGreaterThan(50)
                .allSatisfy(path -> path.getValue()
                        .properties()
                        .forEach(operation -> assertTellsOfRefusals(path.getKey(), operation.getValue())));
    }

    private static void assertTellsOfRefusals(String path, JsonNode operation) {
        assertThat(operation.path("security").isArray()).as(path).isTrue();
        assertThat(operation.path("description").asString()).as(path).containsPattern("role|[Oo]pen to");
        var open = operation.path("security").isEmpty();
        for (var status : open ? List.of("429") : List.of("401", "403", "429")) {
            assertThat(operation.at("/responses/" + status + "/$ref").asString())
                    .as(status + " of " + path)
                    .isEqualTo("#/components/responses/Problem");
        }
    }

    private static void assertDescribed(JsonNode operation) {
        assertThat(operation.path("operationId").asString()).isNotEmpty();
        assertThat(operation.path("summary").asString())
                .as("@Operation(summary = …) of " + operation.path("operationId"))
                .isNotEmpty();
        assertThat(operation.path("tags").valueStream().map(JsonNode::asString))
                .as("@Tag of " + operation.path("operationId"))
                .isNotEmpty()
                .noneMatch(tag -> tag.endsWith("-controller"));
        assertThat(operation.path("responses").properties())
                .filteredOn(response -> response.getKey().startsWith("2"))
                .isNotEmpty()
                .allSatisfy(response -> assertThat(
                                response.getValue().path("description").asString())
                        .isNotBlank()
                        .isNotEqualTo("OK"));
        assertThat(operation.at("/responses/default/$ref").asString()).isEqualTo("#/components/responses/Problem");
        assertThat(operation
                        .path("parameters")
                        .valueStream()
                        .map(it -> it.path("name").asString()))
                .doesNotContain("caller");
    }
}
