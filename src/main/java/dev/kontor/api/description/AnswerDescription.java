package dev.kontor.api.description;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.responses.ApiResponse;

/** Says what a good answer means, where the operation itself says no more than the status does. */
@Component
class AnswerDescription implements OpenApiCustomizer {

    private static final Map<String, String> BY_STATUS = Map.of(
            "201", "It was created.",
            "202", "It will happen soon, in the background.",
            "204", "It is done.");

    @Override
    public void customise(OpenAPI document) {
        if (document.getPaths() != null) {
            document.getPaths().values().stream()
                    .map(PathItem::readOperations)
                    .flatMap(java.util.Collection::stream)
                    .forEach(AnswerDescription::describe);
        }
    }

    private static void describe(Operation operation) {
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2") && saysNothing(response)) {
                response.setDescription(BY_STATUS.getOrDefault(status, asked(operation.getSummary())));
            }
        });
    }

    private static boolean saysNothing(ApiResponse response) {
        var description = response.getDescription();
        return response.get$ref() == null
                && (description == null || description.matches("|default response|OK|Created|Accepted|No Content"));
    }

    private static String asked(@Nullable String summary) {
        return summary == null ? "The answer." : "The answer to \u201c" + summary + "\u201d";
    }
}
