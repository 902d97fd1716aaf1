package dev.kontor.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reader of the OpenAPI document may rely on. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionRuleTests {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @LocalServerPort
    int port;

    JsonNode document;

    @BeforeAll
    void read() {
        document = HttpCaller.nobody(port)
                .login("administrator", "only-for-this-test")
                .get("/v3/api-docs")
                .json();
    }

    private record Operation(String name, JsonNode node) {}

    private List<Operation> operations() {
        var operations = document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(it -> METHODS.contains(it.getKey()))
                        .map(it -> new Operation(it.getKey() + " " + path.getKey(), it.getValue())))
                .toList();
        assertThat(operations).hasSizeGreaterThan(80);
        return operations;
    }

    private JsonNode follow(JsonNode node) {
        return node.has("$ref")
                ? follow(document.at(node.path("$ref").asString().substring(1)))
                : node;
    }

    @Test
    void eachOperationHasANameOfItsOwnAndASummary() {
        var names = new HashMap<String, String>();
        for (var operation : operations()) {
            assertThat(operation.node().path("summary").asString())
                    .as(operation.name())
                    .isNotBlank();
            assertThat(names.put(operation.node().path("operationId").asString(), operation.name()))
                    .as("operationId of " + operation.name())
                    .isNull();
        }
        assertThat(names.keySet()).as("not numbered").noneMatch(name -> name.matches(".*_\\d+"));
    }

    @Test
    void eachParameterIsDescribed() {
        var wrong = new ArrayList<String>();
        for (var operation : operations()) {
            operation.node().path("parameters").valueStream().map(this::follow).forEach(parameter -> {
                if (parameter.path("description").asString("").isBlank() || !parameter.has("schema")) {
                    wrong.add(operation.name() + ": " + parameter.path("name").asString());
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void eachRefusalIsAProblem() {
        for (var operation : operations()) {
            operation.node().path("responses").properties().stream()
                    .filter(it -> !it.getKey().startsWith("2") && !it.getKey().startsWith("3"))
                    .forEach(it -> {
                        var content = follow(it.getValue()).path("content");
                        assertThat(content.propertyNames())
                                .as(it.getKey() + " of " + operation.name())
                                .containsExactly("application/problem+json");
                    });
        }
    }

    @Test
    void eachReferenceLeadsSomewhere() {
        var dangling = new HashSet<String>();
        var pending = new ArrayList<>(List.of(document));
        while (!pending.isEmpty()) {
            var node = pending.removeLast();
            var reference = node.path("$ref");
            if (reference.isString()
                    && document.at(reference.asString().substring(1)).isMissingNode()) {
                dangling.add(reference.asString());
            }
            node.forEach(pending::add);
        }
        assertThat(dangling).isEmpty();
    }

    @Test
    void eachBodyAndAnswerInJsonHasAnExampleThatIsValid() {
        var wrong = new ArrayList<String>();
        for (var operation : operations()) {
            Stream.concat(
                            Stream.of(Map.entry("body", operation.node().path("requestBody"))),
                            operation.node().path("responses").properties().stream())
                    .forEach(part -> {
                        var media = follow(part.getValue()).path("content").path("application/json");
                        if (media.isMissingNode()
                                && follow(part.getValue())
                                        .at("/content/application~1problem+json")
                                        .isMissingNode()) {
                            return;
                        }
                        var there = media.isMissingNode()
                                ? follow(part.getValue()).at("/content/application~1problem+json")
                                : media;
                        var place = part.getKey() + " of " + operation.name();
                        if (!there.has("example")) {
                            wrong.add(place + " has no example");
                        } else {
                            violations(there.path("example"), there.path("schema"), place, wrong);
                        }
                    });
        }
        assertThat(wrong).isEmpty();
    }

    /** As much of JSON Schema as the document uses. */
    private void violations(JsonNode value, JsonNode reference, String place, List<String> wrong) {
        var schema = follow(reference);
        for (var several : List.of("oneOf", "anyOf")) {
            if (schema.has(several)) {
                var none = schema.path(several).valueStream().noneMatch(one -> {
                    var found = new ArrayList<String>();
                    violations(value, one, place, found);
                    return found.isEmpty();
                });
                if (none) {
                    wrong.add(place + " fits none of " + several);
                }
            }
        }
        schema.path("allOf").forEach(one -> violations(value, one, place, wrong));
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            wrong.add(place + " is " + value + ", not of " + schema.path("enum"));
        }
        if (schema.has("type") && !isOf(value, schema.path("type"))) {
            wrong.add(place + " is " + value + ", not " + schema.path("type"));
        }
        if (value.isNumber()) {
            if (schema.has("minimum")
                            && value.asDouble() < schema.path("minimum").asDouble()
                    || schema.has("maximum")
                            && value.asDouble() > schema.path("maximum").asDouble()) {
                wrong.add(place + " is " + value + ", out of bounds");
            }
        }
        if (value.isString()) {
            var text = value.asString();
            if (text.length() < schema.path("minLength").asInt(0)
                    || text.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)
                    || schema.has("pattern")
                            && !text.matches(".*(?:" + schema.path("pattern").asString() + ").*")) {
                wrong.add(place + " is " + value + ", which its schema does not permit");
            }
        }
        if (value.isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asString())) {
                    wrong.add(place + " lacks " + name);
                }
            });
            value.properties().forEach(it -> {
                var property = schema.path("properties").path(it.getKey());
                if (!property.isMissingNode()) {
                    violations(it.getValue(), property, place + "." + it.getKey(), wrong);
                } else if (schema.has("properties") && !schema.has("additionalProperties")) {
                    wrong.add(place + "." + it.getKey() + " is not described");
                }
            });
        }
        if (value.isArray()) {
            value.forEach(item -> violations(item, schema.path("items"), place + "[]", wrong));
        }
    }

    private static boolean isOf(JsonNode value, JsonNode type) {
        return type.isArray()
                ? type.valueStream().anyMatch(one -> isOf(value, one))
                : switch (type.asString()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    case "null" -> value.isNull();
                    default -> false;
                };
    }

    @Test
    void anExampleThatDoesNotFitWouldBeFound() {
        var schema = JsonMapper.shared().readTree("""
                {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 1},
                 "b": {"enum": ["X"]}}}""");
        for (var value : List.of(
                "{}", "{\"a\": 0}", "{\"a\": \"1\"}", "{\"a\": 1, \"b\": \"Y\"}", "{\"a\": 1, \"c\": 1}", "[]")) {
            var wrong = new ArrayList<String>();
            violations(JsonMapper.shared().readTree(value), schema, "it", wrong);
            assertThat(wrong).as(value).hasSize(1);
        }
    }
}
