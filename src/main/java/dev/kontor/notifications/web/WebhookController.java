package dev.kontor.notifications.web;

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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.IfMatch;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Version;
import dev.kontor.notifications.web.WebhookBody.DeliveryBody;
import dev.kontor.notifications.webhooks.ChangeEndpoint;
import dev.kontor.notifications.webhooks.Deliveries;
import dev.kontor.notifications.webhooks.Delivery;
import dev.kontor.notifications.webhooks.Endpoint;
import dev.kontor.notifications.webhooks.EndpointId;
import dev.kontor.notifications.webhooks.MessageType;
import dev.kontor.notifications.webhooks.Subscribing;

@RestController
@RequestMapping("/api/v1/webhook-endpoints")
@Guarded(value = Area.NOTIFICATIONS, reading = By.MANAGER, writing = By.ADMINISTRATOR)
@Tag(name = "Webhook endpoints")
class WebhookController {

    private static final String PRINTABLE = "\\P{Cntrl}*";
    private static final String UNPRINTABLE = "must have printable characters only";

    private final Subscribing subscribing;
    private final Deliveries deliveries;

    WebhookController(Subscribing subscribing, Deliveries deliveries) {
        this.subscribing = subscribing;
        this.deliveries = deliveries;
    }

    @Schema(name = "NewWebhookEndpoint")
    record NewEndpoint(
            @Schema(
                    example = "https://shop.example/kontor",
                    description = "https, unless the settings permit the server")
            @NotBlank
            String url,

            @Schema(example = "Bookkeeping")
            @Nullable
            @Size(max = 200)
            @Pattern(regexp = PRINTABLE, message = UNPRINTABLE)
            String description,

            @Schema(
                    example = "[\"order.placed\", \"order.updated\"]",
                    description = "What it is sent; `webhook.ping` cannot be chosen")
            @NotEmpty
            @Size(max = 50)
            List<@NotNull MessageType> kinds) {

        @Override
        public String toString() {
            return "NewEndpoint[" + kinds + "]";
        }
    }

    /** What is left out stays as it is. */
    @Schema(name = "ChangedWebhookEndpoint")
    record ChangedEndpoint(
            @Schema(example = "https://shop.example/kontor")
            @Nullable
            @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank")
            String url,

            @Schema(example = "Bookkeeping")
            @Nullable
            @Size(max = 200)
            @Pattern(regexp = PRINTABLE, message = UNPRINTABLE)
            String description,

            @Schema(example = "[\"order.placed\"]") @Nullable @Size(min = 1, max = 50)
            List<@NotNull MessageType> kinds,

            @Schema(
                    description =
                            "Whether `order.placed`, `order.updated` and `order.reappeared` carry what the marketplace"
                                    + " tells of the buyer, in the clear. Each reading of it is on record. Another address has to be"
                                    + " granted it anew.")
            @Nullable
            Boolean personalData,

            @Nullable Boolean enabled) {

        @Override
        public String toString() {
            return "ChangedEndpoint[" + kinds + ", enabled=" + enabled + "]";
        }
    }

    @Schema(name = "WebhookSecretRotation")
    record Rotation(
            @Schema(
                    description = "How long earlier secrets sign as well at most; at 0 they end at once",
                    defaultValue = "24")
            @Nullable
            @Min(0)
            @Max(7 * 24)
            Integer overlapHours) {

        private static final int USUAL = 24;

        Duration overlap() {
            return Duration.ofHours(overlapHours == null ? USUAL : overlapHours);
        }
    }

    @Schema(name = "WebhookReplay")
    record Replay(
            @Schema(description = "What Kontor was told from then on; not in the future") @NotNull
            Instant since) {}

    @Schema(name = "WebhookReplayed")
    record Replayed(int messages) {}

    @Schema(name = "WebhookPinged")
    record Pinged(UUID message) {}

    /** @param secret what signatures are verified with; it is shown only here */
    @Schema(name = "IssuedWebhookEndpoint")
    record IssuedEndpoint(
            @Schema(example = "whsec_…") String secret,
            @JsonUnwrapped WebhookBody description) {
        @Override
        public String toString() {
            return "IssuedEndpoint[" + description + "]";
        }
    }

    private record Position(UUID id) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Register an address that messages are sent to",
            description =
                    "Messages are signed by the Standard Webhooks specification with the secret in this answer, which is"
                            + " shown nowhere else. What is sent is described under webhooks. An address has one endpoint"
                            + " (409).")
    ResponseEntity<IssuedEndpoint> create(@Valid @RequestBody NewEndpoint body) {
        var description = body.description();
        return answer(
                subscribing.create(body.url(), description == null ? "" : description.strip(), distinct(body.kinds())));
    }

    private static List<MessageType> distinct(List<MessageType> kinds) {
        return kinds.stream().distinct().sorted().toList();
    }

    @GetMapping
    @Operation(summary = "List webhook endpoints, oldest first")
    Page<WebhookBody> list(PageQuery page) {
        var after = page.after(Position.class).map(Position::id).orElse(null);
        var found = subscribing.list(after, page.limit() + 1);
        return Page.cut(found, page, endpoint -> new Position(endpoint.id().value()))
                .map(endpoint -> WebhookBody.of(endpoint, null));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a webhook endpoint")
    ResponseEntity<WebhookBody> get(@PathVariable UUID id) {
        return answer(found(id));
    }

    @PatchMapping("/{id}")
    @Operation(
            summary =
                    "Change a webhook endpoint's address, description, kinds, whether it is sent anything, and whether buyers' data",
            description =
                    "An endpoint that is enabled again gets what waits for it; what was told while it was disabled"
                            + " comes with a replay since `disabledAt`.")
    ResponseEntity<WebhookBody> change(
            @PathVariable UUID id, @Valid @RequestBody ChangedEndpoint body, @RequestHeader("If-Match") IfMatch seen) {
        var description = body.description();
        var command = new ChangeEndpoint(
                body.url(),
                description == null ? null : description.strip(),
                body.kinds(),
                body.personalData(),
                body.enabled());
        return answer(subscribing.change(new EndpointId(id), command, version -> seen.require(new Version(version))));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a webhook endpoint", description = "With its log, and what waits for it.")
    void delete(@PathVariable UUID id) {
        subscribing.delete(new EndpointId(id));
    }

    @PostMapping("/{id}/rotate")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Give a webhook endpoint another secret",
            description =
                    "For the overlap messages have a signature for each secret, separated by spaces. Three secrets"
                            + " sign at once at most (409).")
    ResponseEntity<IssuedEndpoint> rotate(
            @PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable Rotation body) {
        var rotation = body == null ? new Rotation(null) : body;
        return answer(subscribing.rotate(new EndpointId(id), rotation.overlap()));
    }

    @PostMapping("/{id}/ping")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send a webhook endpoint a message to try it",
            description = "A `webhook.ping`; what came of it is in the deliveries.")
    Pinged ping(@PathVariable UUID id) {
        return new Pinged(subscribing.ping(new EndpointId(id)));
    }

    @PostMapping("/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send a webhook endpoint again what Kontor was told since a point in time",
            description =
                    "With the same ids as before, in order, and with those of the minute before. Messages are kept for"
                            + " 30 days unless the settings say otherwise, and from the first endpoint on.")
    Replayed replay(@PathVariable UUID id, @Valid @RequestBody Replay body) {
        return new Replayed(subscribing.replay(new EndpointId(id), body.since()));
    }

    @GetMapping("/{id}/deliveries")
    @Operation(summary = "List what a webhook endpoint was and is to be sent, the newest first")
    Page<DeliveryBody> deliveries(
            @PathVariable UUID id,
            @Parameter(description = "Only those that stand so") @RequestParam Delivery.@Nullable State state,
            PageQuery page) {
        var after = page.after(Deliveries.Position.class).orElse(null);
        var endpoint = found(id).id();
        var found = deliveries.list(endpoint, state, after, page.limit() + 1);
        return Page.cut(found, page, Deliveries.Position::of).map(delivery -> DeliveryBody.of(delivery, null));
    }

    @GetMapping("/{id}/deliveries/{delivery}")
    @Operation(summary = "Show one delivery with each attempt; what was answered beside the status is not kept")
    DeliveryBody delivery(
            @PathVariable UUID id,
            @Parameter(description = "The `id` that the list of deliveries gives") @PathVariable long delivery) {
        return deliveries
                .find(new EndpointId(id), delivery)
                .map(it -> DeliveryBody.of(it, deliveries.attempts(it.id())))
                .orElseThrow(() -> NotFound.of("delivery", delivery));
    }

    private Endpoint found(UUID id) {
        return subscribing.find(new EndpointId(id)).orElseThrow(() -> NotFound.of("webhook endpoint", id));
    }

    private WebhookBody body(Endpoint endpoint) {
        return WebhookBody.of(endpoint, subscribing.secrets(endpoint.id()));
    }

    private ResponseEntity<WebhookBody> answer(Endpoint endpoint) {
        return ResponseEntity.ok().eTag(etag(endpoint)).body(body(endpoint));
    }

    private ResponseEntity<IssuedEndpoint> answer(Subscribing.Issued issued) {
        var endpoint = issued.endpoint();
        return ResponseEntity.created(URI.create("/api/v1/webhook-endpoints/" + endpoint.id()))
                .eTag(etag(endpoint))
                .body(new IssuedEndpoint(issued.secret(), body(endpoint)));
    }

    private static String etag(Endpoint endpoint) {
        return new Version(endpoint.version()).etag();
    }
}
