package dev.kontor.access.web;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.access.Scope;
import dev.kontor.access.keys.ApiKey;
import dev.kontor.access.keys.ChangeApiKey;
import dev.kontor.access.keys.CreateApiKey;
import dev.kontor.access.keys.KeyRing;
import dev.kontor.access.keys.RotateApiKey;
import dev.kontor.access.keys.SourceAddresses;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.IfMatch;
import dev.kontor.api.InvalidField;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Version;

@RestController
@RequestMapping("/api/v1/api-keys")
@Guarded(value = Area.ACCESS, reading = By.ADMINISTRATOR, writing = By.ADMINISTRATOR)
@Tag(name = "API keys")
class ApiKeyController {

    private static final String PRINTABLE = "\\P{Cntrl}*";
    private static final String UNPRINTABLE = "must have printable characters only";
    private static final int LONGEST_REQUEST_KEY = 255;

    private final KeyRing keys;

    ApiKeyController(KeyRing keys) {
        this.keys = keys;
    }

    record NewKey(
            @Schema(example = "reports") @NotBlank @Size(max = 100) @Pattern(regexp = PRINTABLE, message = UNPRINTABLE)
            String name,

            @Schema(
                    example = "[\"orders:read\", \"inventory:read\"]",
                    description = "To write includes to read; what it may never do is more than you may")
            @NotEmpty
            @Size(max = 50)
            List<@NotNull Scope> scopes,

            @Schema(
                    example = "[\"203.0.113.0/24\"]",
                    description = "IPv4 and IPv6 addresses and ranges (CIDR); from everywhere unless told otherwise")
            @Nullable
            @Size(max = 100)
            List<@NotNull String> addresses,

            @Schema(
                    example = "2027-02-28T12:00:00Z",
                    description = "In 90 days unless told otherwise, and in 367 days at the latest")
            @Nullable
            Instant expiresAt) {

        CreateApiKey command() {
            return new CreateApiKey(
                    name.strip(),
                    scopes,
                    addresses == null ? SourceAddresses.EVERYWHERE : SourceAddresses.of(addresses),
                    expiresAt);
        }
    }

    /** What is left out stays as it is. */
    record ChangedKey(
            @Schema(example = "reports of the night")
            @Nullable
            @Size(min = 1, max = 100)
            @Pattern(regexp = "(?=.*\\S)" + PRINTABLE, message = UNPRINTABLE + ", and not only spaces")
            String name,

            @Nullable @Size(min = 1, max = 50) List<@NotNull Scope> scopes,

            @Schema(example = "[\"203.0.113.0/24\"]") @Nullable @Size(max = 100)
            List<@NotNull String> addresses,

            @Nullable Instant expiresAt) {

        ChangeApiKey command() {
            return new ChangeApiKey(
                    name == null ? null : name.strip(),
                    scopes,
                    addresses == null ? null : SourceAddresses.of(addresses),
                    expiresAt);
        }
    }

    record Rotation(
            @Schema(
                    description = "How long the earlier secrets are good at most; at 0 they end at once",
                    defaultValue = "24")
            @Nullable
            @Min(0)
            @Max(7 * 24)
            Integer overlapHours,

            @Schema(description = "Unless told otherwise the key lives on as long as it was to live before") @Nullable
            Instant expiresAt) {

        private static final int USUAL = 24;

        RotateApiKey command() {
            return new RotateApiKey(Duration.ofHours(overlapHours == null ? USUAL : overlapHours), expiresAt);
        }
    }

    /** @param key the header's value; it is shown only here, and not again where the same request came before */
    record IssuedKey(
            @Schema(example = "kontor_q7Zt1xKd_…") @Nullable String key,
            @JsonUnwrapped ApiKeyBody description) {
        @Override
        public String toString() {
            return "IssuedKey[" + description + "]";
        }
    }

    private record Position(Instant createdAt, UUID id) {
        private static final Position START = new Position(Instant.EPOCH, new UUID(0, 0));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Create an API key",
            description = "The key is in this answer and nowhere else: the same Idempotency-Key once more is answered"
                    + " with 200 and without it.")
    ResponseEntity<IssuedKey> create(
            @Valid @RequestBody NewKey body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String requestKey,
            Caller caller) {
        return answer(keys.create(body.command(), checked(requestKey), caller));
    }

    @PostMapping("/{id}/rotate")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Give an API key another secret",
            description = "Earlier secrets are good for the overlap, so that programs can be told the new one in peace;"
                    + " one that an earlier rotation has left ends when it was to end, or with this overlap if that"
                    + " is sooner. Three secrets are good at once at most (409). The key expires later by this. The"
                    + " same Idempotency-Key once more is answered with 200 and without the secret.")
    ResponseEntity<IssuedKey> rotate(
            @PathVariable UUID id,
            @Valid @RequestBody(required = false) @Nullable Rotation body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String requestKey,
            Caller caller) {
        var rotation = body == null ? new Rotation(null, null) : body;
        return answer(keys.rotate(id, rotation.command(), checked(requestKey), caller));
    }

    @GetMapping
    @Operation(summary = "List API keys, oldest first")
    Page<ApiKeyBody> list(PageQuery page) {
        var after = page.after(Position.class).orElse(Position.START);
        var found = keys.list(after.createdAt(), after.id(), page.limit() + 1);
        return Page.cut(found, page, key -> new Position(key.createdAt(), key.id()))
                .map(ApiKeyBody::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show an API key")
    ResponseEntity<ApiKeyBody> get(@PathVariable UUID id) {
        return answer(keys.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change an API key's name, scopes, addresses or expiry",
            description = "Takes effect within seconds everywhere. `addresses: []` opens it to everywhere.")
    ResponseEntity<ApiKeyBody> change(
            @PathVariable UUID id,
            @Valid @RequestBody ChangedKey body,
            @RequestHeader("If-Match") IfMatch seen,
            Caller caller) {
        return answer(keys.change(id, body.command(), version -> seen.require(new Version(version)), caller));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete an API key", description = "It stops working within seconds everywhere.")
    void delete(@PathVariable UUID id) {
        keys.delete(id);
    }

    private static @Nullable String checked(@Nullable String requestKey) {
        if (requestKey != null && (requestKey.isBlank() || requestKey.length() > LONGEST_REQUEST_KEY)) {
            throw new InvalidField("Idempotency-Key", "must have 1 to " + LONGEST_REQUEST_KEY + " characters");
        }
        return requestKey;
    }

    private static ResponseEntity<ApiKeyBody> answer(ApiKey key) {
        return ResponseEntity.ok().eTag(etag(key)).body(ApiKeyBody.of(key));
    }

    private static ResponseEntity<IssuedKey> answer(KeyRing.Issued issued) {
        var key = issued.key();
        var body = new IssuedKey(issued.text(), ApiKeyBody.of(key));
        return issued.text() == null
                ? ResponseEntity.ok().eTag(etag(key)).body(body)
                : ResponseEntity.created(URI.create("/api/v1/api-keys/" + key.id()))
                        .eTag(etag(key))
                        .body(body);
    }

    private static String etag(ApiKey key) {
        return new Version(key.version()).etag();
    }
}
