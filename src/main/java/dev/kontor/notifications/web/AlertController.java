package dev.kontor.notifications.web;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Table;
import dev.kontor.api.Version;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.Alerts.Filter;
import dev.kontor.notifications.alerts.Handling;
import dev.kontor.notifications.texts.AlertTexts;
import dev.kontor.notifications.web.AlertBody.StepBody;

@RestController
@RequestMapping("/api/v1/alerts")
@Guarded(Area.NOTIFICATIONS)
@Tag(name = "Alerts")
class AlertController {

    private final Alerts alerts;
    private final Handling handling;
    private final AlertTexts texts;

    AlertController(Alerts alerts, Handling handling, AlertTexts texts) {
        this.alerts = alerts;
        this.handling = handling;
        this.texts = texts;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "List what people were told of, the newest first",
            description =
                    "One alert for each cause. It is RESOLVED by itself when the cause is gone; one whose cause comes"
                            + " back within the damping time is the same alert again.")
    Page<AlertBody> list(
            @RequestParam @Nullable State state,
            @RequestParam @Nullable AlertKind kind,
            @Parameter(description = "Only those that matter this much") @RequestParam @Nullable Severity severity,
            @RequestParam @Nullable UUID account,
            PageQuery page) {
        var after = page.after(Alerts.Position.class).orElse(null);
        var found = alerts.list(filter(state, kind, severity, account), after, page.limit() + 1);
        var english = texts.in(Locale.ENGLISH);
        return Page.cut(found, page, Alerts.Position::of).map(alert -> AlertBody.of(alert, english, null));
    }

    @GetMapping(produces = {Table.CSV, Table.XLSX})
    @Operation(summary = "Export what people were told of as a table")
    Table<Alert> export(
            @RequestParam @Nullable State state,
            @RequestParam @Nullable AlertKind kind,
            @Parameter(description = "Only those that matter this much") @RequestParam @Nullable Severity severity,
            @RequestParam @Nullable UUID account) {
        var filter = filter(state, kind, severity, account);
        return AlertTable.of(texts.in(Locale.ENGLISH), rows -> alerts.forEach(filter, rows));
    }

    private static Filter filter(
            @Nullable State state, @Nullable AlertKind kind, @Nullable Severity severity, @Nullable UUID account) {
        return new Filter(state, kind, severity, account == null ? null : new AccountId(account));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get one alert with its story")
    ResponseEntity<AlertBody> get(@PathVariable UUID id) {
        return answer(alerts.find(new AlertId(id)).orElseThrow(() -> NotFound.of("alert", id)));
    }

    @PostMapping("/{id}/take")
    @Operation(
            summary = "See to it",
            description = "It is not escalated any more. Also takes it over from who has taken it before.")
    ResponseEntity<AlertBody> take(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return answer(handling.take(new AlertId(id), caller.actor(), required(seen)));
    }

    @Schema(name = "AlertSnooze")
    record SnoozeBody(
            @Schema(description = "In the future, at most 30 days away") @NotNull
            Instant until) {}

    @PostMapping("/{id}/snooze")
    @Operation(
            summary = "Hear of it later",
            description = "It is OPEN again at that time, if its cause is still there, and sooner when it gets worse.")
    ResponseEntity<AlertBody> snooze(
            @PathVariable UUID id,
            @Valid @RequestBody SnoozeBody body,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return answer(handling.snooze(new AlertId(id), caller.actor(), body.until(), required(seen)));
    }

    @PostMapping("/{id}/resolve")
    @Operation(summary = "Say that it is dealt with", description = "When the cause shows again, so does the alert.")
    ResponseEntity<AlertBody> resolve(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return answer(handling.resolve(new AlertId(id), caller.actor(), required(seen)));
    }

    @PostMapping("/{id}/reopen")
    @Operation(
            summary = "Say that it is not dealt with after all",
            description =
                    "Nobody sees to it from then on, and it is escalated again. Refused where the cause has another"
                            + " alert by now.")
    ResponseEntity<AlertBody> reopen(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable IfMatch seen,
            Caller caller) {
        return answer(handling.reopen(new AlertId(id), caller.actor(), required(seen)));
    }

    private static LongConsumer required(@Nullable IfMatch seen) {
        return version -> {
            if (seen != null) {
                seen.require(new Version(version));
            }
        };
    }

    private ResponseEntity<AlertBody> answer(Alert alert) {
        var story = alerts.story(alert.id()).stream().map(StepBody::of).toList();
        return ResponseEntity.ok()
                .eTag(new Version(alert.version()).etag())
                .body(AlertBody.of(alert, texts.in(Locale.ENGLISH), story));
    }
}
