package dev.kontor.notifications.web;

import java.util.List;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

import dev.kontor.notifications.webhooks.Message;
import dev.kontor.notifications.webhooks.MessageType;

/** Says in the OpenAPI document what endpoints are sent: for each type a webhook, with the schema of its payload. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 10)
class WebhookDescription implements OpenApiCustomizer {

    private static final String SIGNED =
            " Signed by the Standard Webhooks specification; sent again with the same `webhook-id` until it is answered"
                    + " with a status from 200 to 299.";

    @Override
    public void customise(OpenAPI document) {
        for (var type : MessageType.values()) {
            ModelConverters.getInstance(true)
                    .readAll(type.payload())
                    .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
            document.addWebhooks(type.text(), new PathItem().post(operation(type)));
        }
    }

    private static Operation operation(MessageType type) {
        return new Operation()
                .operationId("webhook" + camel(type))
                .summary(type.description())
                .description(type.description() + "." + SIGNED)
                .addTagsItem("Webhooks")
                .security(List.of())
                .addParametersItem(header("webhook-id", "Of the message; the same each time it is sent"))
                .addParametersItem(header("webhook-timestamp", "When it is sent, in seconds since 1970"))
                .addParametersItem(header(
                        "webhook-signature",
                        "`v1,` and the HMAC-SHA256, in base64, of id, timestamp and body with full stops between them; one"
                                + " for each secret, separated by spaces"))
                .requestBody(new RequestBody()
                        .required(true)
                        .content(
                                new Content().addMediaType("application/json", new MediaType().schema(envelope(type)))))
                .responses(new ApiResponses()
                        .addApiResponse("2XX", new ApiResponse().description("Taken"))
                        .addApiResponse(
                                "410",
                                new ApiResponse().description("Nothing more is wanted; the endpoint is disabled"))
                        .addApiResponse("default", new ApiResponse().description("Not taken; it is sent again")));
    }

    private static String camel(MessageType type) {
        var name = new StringBuilder();
        for (var word : type.text().split("[._]")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static HeaderParameter header(String name, String description) {
        var header = new HeaderParameter();
        header.name(name).required(true).description(description).schema(typed("string"));
        return header;
    }

    private static Schema<?> envelope(MessageType type) {
        var envelope = typed("object");
        envelope.addProperty("id", typed("string").format("uuid").description("The same as `webhook-id`"));
        envelope.addProperty("type", one("string", type.text()));
        envelope.addProperty("schemaVersion", one("integer", Message.SCHEMA_VERSION));
        envelope.addProperty("timestamp", typed("string").format("date-time").description("When it happened"));
        envelope.addProperty("data", new Schema<>().$ref("#/components/schemas/" + schemaName(type)));
        envelope.setRequired(List.of("id", "type", "schemaVersion", "timestamp", "data"));
        return envelope;
    }

    private static String schemaName(MessageType type) {
        return type.payload()
                .getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class)
                .name();
    }

    private static Schema<Object> one(String kind, Object value) {
        var schema = typed(kind);
        schema.setEnum(List.of(value));
        return schema;
    }

    private static Schema<Object> typed(String kind) {
        var schema = new Schema<Object>();
        schema.addType(kind);
        return schema;
    }
}
