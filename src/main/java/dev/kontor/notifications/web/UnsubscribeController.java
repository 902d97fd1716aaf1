package dev.kontor.notifications.web;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.AnswerHeaders;
import dev.kontor.api.Open;
import dev.kontor.notifications.mail.Subscribing;
import dev.kontor.notifications.texts.Talk;

/** Where the link in each mail leads. To look does nothing, for programs look at links before people do. */
@RestController
@RequestMapping("/api/v1/mail/unsubscriptions")
@Open
@Tag(name = "Mail")
class UnsubscribeController {

    /** As {@link AnswerHeaders#NO_CONTENT}, but for a form. */
    private static final String WITH_FORM =
            "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Subscribing subscribing;

    UnsubscribeController(Subscribing subscribing) {
        this.subscribing = subscribing;
    }

    @GetMapping(path = "/{token}", produces = MediaType.TEXT_HTML_VALUE)
    @Operation(summary = "Ask a person who follows the link of a mail whether no more are wanted")
    ResponseEntity<String> ask(@Parameter(description = "As the link of the mail has it") @PathVariable String token) {
        var language = subscribing.language(token);
        var talk = Talk.mail(language, ZoneOffset.UTC);
        var form = "<form method=\"post\"><button>" + talk.say("page.button") + "</button></form>";
        return page(talk, talk.say("page.text"), form);
    }

    @PostMapping(path = "/{token}", produces = MediaType.TEXT_HTML_VALUE)
    @Operation(
            summary = "Be mailed nothing any more, as the link of a mail or the mail program's own button asks",
            description = "By RFC 8058. For a link that is unknown or used it answers the same.")
    ResponseEntity<String> unsubscribe(
            @Parameter(description = "As the link of the mail has it") @PathVariable String token,
            @Parameter(description = "What mail programs send", example = "One-Click")
                    @RequestParam(name = "List-Unsubscribe", required = false)
                    @Nullable
                    String ignored) {
        var talk = Talk.mail(subscribing.language(token), ZoneOffset.UTC);
        subscribing.unsubscribe(token);
        return page(talk, talk.say("page.done"), "");
    }

    private static ResponseEntity<String> page(Talk talk, String text, String form) {
        var html = "<!DOCTYPE html><html lang=\"" + talk.language().getLanguage()
                + "\"><head><meta charset=\"utf-8\"><title>" + talk.say("page.title") + "</title></head><body><p>"
                + text
                + "</p>" + form + "</body></html>";
        return ResponseEntity.ok()
                .contentType(HTML)
                .header(AnswerHeaders.CONTENT_SECURITY_POLICY, WITH_FORM)
                .body(html);
    }
}
