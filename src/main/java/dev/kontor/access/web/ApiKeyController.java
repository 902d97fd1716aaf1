package dev.kontor.access.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.access.keys.ApiKey;
import dev.kontor.access.keys.CreateApiKey;
import dev.kontor.access.keys.KeyRing;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;

@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "API keys")
class ApiKeyController {

    private final KeyRing keys;

    ApiKeyController(KeyRing keys) {
        this.keys = keys;
    }

    /** @param role VIEWER unless told otherwise */
    record NewKey(
            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*", message = "must have printable characters only")
            String name,

            @Nullable Role role,
            @Nullable Instant expiresAt,
            @Nullable Boolean personalData) {

        CreateApiKey command() {
            return new CreateApiKey(
                    name.strip(), role == null ? Role.VIEWER : role, Boolean.TRUE.equals(personalData), expiresAt);
        }
    }

    /** @param key the header's value; it is shown only here */
    record CreatedKey(String key, @JsonUnwrapped ApiKey description) {
        @Override
        public String toString() {
            return "CreatedKey[" + description + "]";
        }
    }

    private record Position(Instant createdAt, UUID id) {
        private static final Position START = new Position(Instant.EPOCH, new UUID(0, 0));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Create an API key", description = "The key is in this answer and nowhere else.")
    CreatedKey create(@Valid @RequestBody NewKey body, Caller caller) {
        var created = keys.create(body.command(), caller);
        return new CreatedKey(created.text(), created.key());
    }

    @GetMapping
    @Operation(summary = "List API keys, oldest first")
    Page<ApiKey> list(PageQuery page) {
        var after = page.after(Position.class).orElse(Position.START);
        var found = keys.list(after.createdAt(), after.id(), page.limit() + 1);
        return Page.cut(found, page, key -> new Position(key.createdAt(), key.id()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete an API key", description = "It stops working within seconds everywhere.")
    void delete(@PathVariable UUID id) {
        keys.delete(id);
    }
}
