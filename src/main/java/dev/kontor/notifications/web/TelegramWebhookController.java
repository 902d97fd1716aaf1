package dev.kontor.notifications.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import dev.kontor.api.Open;
import dev.kontor.api.ProblemKind;
import dev.kontor.notifications.telegram.Webhook;

/** Where Telegram tells of what people write to the bot. It proves by a secret that it is Telegram. */
@RestController
@Open
@Tag(name = "Hooks")
class TelegramWebhookController {

    private static final int LARGEST = 256 * 1024;

    private final Webhook webhook;

    TelegramWebhookController(Webhook webhook) {
        this.webhook = webhook;
    }

    @PostMapping(Webhook.PATH)
    @Operation(
            summary = "Tell of what people write to the bot, as Telegram does",
            requestBody = @RequestBody(content = @Content(schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "200", description = "Kept", content = @Content)
    ResponseEntity<ProblemDetail> take(
            @Parameter(description = "What Kontor told Telegram when it named this address")
                    @RequestHeader(name = "X-Telegram-Bot-Api-Secret-Token", required = false)
                    @Nullable
                    String secret,
            HttpServletRequest request)
            throws IOException {
        var body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            return problem(ProblemKind.CONTENT_TOO_LARGE, "At most " + LARGEST + " bytes are taken.");
        }
        return switch (webhook.take(secret, new String(body, StandardCharsets.UTF_8))) {
            case STORED -> ResponseEntity.ok().build();
            case REFUSED ->
                problem(ProblemKind.NOT_FOUND, "Nothing is taken here that is not proven to come from Telegram.");
            case UNREADABLE -> problem(ProblemKind.INVALID_REQUEST, "The body is no update of the Telegram Bot API.");
        };
    }

    private static ResponseEntity<ProblemDetail> problem(ProblemKind kind, String detail) {
        return ResponseEntity.status(kind.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(kind.problem(detail));
    }
}
