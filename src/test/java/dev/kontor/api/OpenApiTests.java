package dev.kontor.api;

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
