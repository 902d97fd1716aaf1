package dev.kontor.api.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** What the OpenAPI document says of each operation, with references followed. */
record Description(JsonNode document) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asString();
        }

        boolean open() {
            return node.path("security").isEmpty();
        }

        Stream<JsonNode> parameters() {
            return node.path("parameters").valueStream();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(it -> METHODS.contains(it.getKey()))
                        .map(it -> new Operation(it.getKey().toUpperCase(Locale.ROOT), path.getKey(), it.getValue())))
                .toList();
    }

    JsonNode follow(JsonNode node) {
        return node.has("$ref")
                ? follow(document.at(node.path("$ref").asString().substring(1)))
                : node;
    }
}
