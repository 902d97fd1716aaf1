package dev.kontor.accounts.web;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import dev.kontor.accounts.hooks.Reception;
import dev.kontor.api.Open;
import dev.kontor.api.ProblemKind;

/** The only door that is open to everybody: what comes in proves by itself whose it is. */
@RestController
@RequestMapping("/hooks/v1/{marketplace}")
@Open
@Tag(name = "Hooks")
class HookController {

    private static final int LARGEST = 256 * 1024;

    private static final String REFUSED =
            "Nothing is taken that is not proven to come from a marketplace for an account.";

    private final Reception reception;

    HookController(Reception reception) {
        this.reception = reception;
    }

    @PostMapping
    @Operation(
            summary = "Tell of changes, as a marketplace does; the request tells of which seller",
            requestBody = @RequestBody(content = @Content(schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "200", description = "Kept", content = @Content)
    ResponseEntity<ProblemDetail> take(@PathVariable String marketplace, HttpServletRequest request)
            throws IOException {
        return receive(marketplace, null, request);
    }

    @PostMapping("/{account}")
    @Operation(
            summary = "Tell of changes of one account, as a marketplace does",
            requestBody = @RequestBody(content = @Content(schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "200", description = "Kept", content = @Content)
    ResponseEntity<ProblemDetail> take(
            @PathVariable String marketplace, @PathVariable String account, HttpServletRequest request)
            throws IOException {
        return receive(marketplace, account, request);
    }

    private ResponseEntity<ProblemDetail> receive(
            String marketplace, @Nullable String account, HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > LARGEST) {
            return tooLarge();
        }
        var body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            return tooLarge();
        }
        return reception.receive(marketplace, account, headers(request), body)
                ? ResponseEntity.ok().build()
                : problem(ProblemKind.INVALID_REQUEST, REFUSED);
    }

    private static ResponseEntity<ProblemDetail> tooLarge() {
        return problem(ProblemKind.CONTENT_TOO_LARGE, "At most " + LARGEST + " bytes are taken.");
    }

    private static ResponseEntity<ProblemDetail> problem(ProblemKind kind, String detail) {
        return ResponseEntity.status(kind.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(kind.problem(detail));
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return headers;
    }
}
