package dev.kontor.api.description;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;

import dev.kontor.api.ProblemKind;

/** Every operation may answer with problem details; they are described once. */
@Component
class ProblemDescription implements OpenApiCustomizer {

    private static final String NAME = "Problem";

    @Override
    public void customise(OpenAPI document) {
        document.getComponents().addSchemas(NAME, problem()).addResponses(NAME, response());
        if (document.getPaths() != null) {
            document.getPaths().values().stream()
                    .map(PathItem::readOperations)
                    .flatMap(java.util.Collection::stream)
                    .forEach(ProblemDescription::describe);
        }
    }

    private static void describe(Operation operation) {
        operation.getResponses().addApiResponse("default", new ApiResponse().$ref("#/components/responses/" + NAME));
    }

    private static ApiResponse response() {
        return new ApiResponse()
                .description("What is wrong, as problem details (RFC 9457)")
                .content(new Content()
                        .addMediaType(
                                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new io.swagger.v3.oas.models.media.MediaType()
                                        .schema(new Schema<>().$ref("#/components/schemas/" + NAME))
                                        .example(example())));
    }

    private static Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", ProblemKind.INVALID_REQUEST.type().toString());
        example.put("title", "The request is wrong");
        example.put("status", 400);
        example.put("detail", "limit must be from 1 to 500.");
        example.put("instance", "/api/v1/orders");
        example.put("errors", List.of(Map.of("field", "limit", "message", "must be from 1 to 500")));
        return example;
    }

    private static Schema<?> problem() {
        return typed(new ObjectSchema(), "object")
                .addProperty("type", text("Stable; tells the kind of problem, such as urn:kontor:problem:not-found"))
                .addProperty("title", text("The kind of problem for people"))
                .addProperty("status", typed(new Schema<>(), "integer"))
                .addProperty("detail", text("What is wrong this time"))
                .addProperty("instance", text("The path that was asked for"))
                .addProperty("errors", fields())
                .addProperty("errorId", text("Of a failure inside Kontor: how its log names it"))
                .addRequiredItem("type")
                .addRequiredItem("title")
                .addRequiredItem("status");
    }

    private static Schema<?> fields() {
        var field = typed(new ObjectSchema(), "object")
                .addProperty("field", text("Path of a field in the body, or name of a parameter or header"))
                .addProperty("message", text("What it must be"));
        return typed(new ArraySchema(), "array").items(field).description("Every wrong field");
    }

    private static Schema<?> text(String description) {
        return typed(new StringSchema(), "string").description(description);
    }

    /** OpenAPI 3.1 allows several types, so the library keeps them apart from the one type of 3.0. */
    private static Schema<?> typed(Schema<?> schema, String type) {
        schema.addType(type);
        return schema;
    }
}
