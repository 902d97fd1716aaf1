package dev.kontor.api.description;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;

/** Gives every body and every answer in JSON an example, made from its schema, where nobody has written one. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ExampleDescription implements OpenApiCustomizer {

    private static final String JSON = "application/json";
    private static final int DEEPEST = 6;

    @Override
    public void customise(OpenAPI document) {
        if (document.getPaths() != null) {
            var schemas = document.getComponents().getSchemas();
            var told = Stream.ofNullable(document.getWebhooks()).flatMap(webhooks -> webhooks.values().stream());
            Stream.concat(document.getPaths().values().stream(), told)
                    .map(PathItem::readOperations)
                    .flatMap(Collection::stream)
                    .flatMap(ExampleDescription::contents)
                    .forEach(content -> illustrate(content, schemas));
        }
    }

    private static Stream<Content> contents(Operation operation) {
        var body = operation.getRequestBody() == null
                ? Stream.<Content>empty()
                : Stream.ofNullable(operation.getRequestBody().getContent());
        return Stream.concat(
                body,
                operation.getResponses().values().stream().flatMap(answer -> Stream.ofNullable(answer.getContent())));
    }

    private static void illustrate(Content content, Map<String, Schema> schemas) {
        MediaType media = content.get(JSON);
        if (media != null && media.getSchema() != null && media.getExample() == null && media.getExamples() == null) {
            media.setExample(new Example(schemas).of(media.getSchema(), 0));
        }
    }

    private record Example(Map<String, Schema> schemas) {

        private Schema<?> follow(Schema<?> schema) {
            var reference = schema.get$ref();
            return reference == null
                    ? schema
                    : follow(schemas.getOrDefault(reference.substring(reference.lastIndexOf('/') + 1), new Schema<>()));
        }

        @Nullable
        Object of(Schema<?> reference, int depth) {
            var schema = follow(reference);
            if (schema.getExample() != null) {
                return schema.getExample();
            }
            if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
                return schema.getEnum().getFirst();
            }
            for (var several : Stream.of(schema.getOneOf(), schema.getAnyOf(), schema.getAllOf())
                    .filter(it -> it != null && !it.isEmpty())
                    .toList()) {
                return of(several.getFirst(), depth);
            }
            return switch (type(schema)) {
                case "object" -> object(schema, depth);
                case "array" ->
                    schema.getItems() == null || depth > DEEPEST ? List.of() : listOf(of(schema.getItems(), depth + 1));
                case "integer" ->
                    schema.getMinimum() == null
                            ? 1
                            : schema.getMinimum().max(BigDecimal.ONE).intValue();
                case "number" -> schema.getMinimum() == null ? 1.5 : schema.getMinimum();
                case "boolean" -> true;
                default -> text(schema);
            };
        }

        private static List<Object> listOf(@Nullable Object item) {
            return item == null ? List.of() : List.of(item);
        }

        private static String type(Schema<?> schema) {
            Set<String> types = schema.getTypes();
            var type = types == null
                    ? schema.getType()
                    : types.stream()
                            .filter(it -> !it.equals("null"))
                            .findFirst()
                            .orElse(null);
            return type != null ? type : schema.getProperties() != null ? "object" : "string";
        }

        private Map<String, Object> object(Schema<?> schema, int depth) {
            Map<String, Object> example = new LinkedHashMap<>();
            if (schema.getProperties() != null) {
                schema.getProperties().forEach((name, property) -> {
                    var required =
                            schema.getRequired() != null && schema.getRequired().contains(name);
                    if (depth <= DEEPEST || required) {
                        var value = of(property, depth + 1);
                        if (value != null) {
                            example.put(name, value);
                        }
                    }
                });
            }
            return example;
        }

        private static String text(Schema<?> schema) {
            return switch (schema.getFormat() == null ? "" : schema.getFormat()) {
                case "uuid" -> "0198f3c2-7d0f-7c57-9a0f-3f0a7f2e7f11";
                case "date-time" -> "2026-11-30T12:00:00Z";
                case "date" -> "2026-11-30";
                case "uri" -> "https://example.org/";
                default -> {
                    int least = schema.getMinLength() == null ? 0 : schema.getMinLength();
                    int most = schema.getMaxLength() == null ? Integer.MAX_VALUE : schema.getMaxLength();
                    var text = "text";
                    yield text.substring(0, Math.min(most, text.length()))
                            + "x".repeat(Math.max(0, least - text.length()));
                }
            };
        }
    }
}
