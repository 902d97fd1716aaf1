package dev.kontor.notifications.web;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.IfMatch;
import dev.kontor.api.Version;
import dev.kontor.notifications.settings.Settings;

/** When something is worth an alert, how bad it is, and whom it reaches. */
@RestController
@RequestMapping("/api/v1/settings/alerts")
@Guarded(Area.NOTIFICATIONS)
@Tag(name = "Alerts")
class AlertSettingsController {

    private final Settings settings;

    AlertSettingsController(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param value in effect; absent where each case is what its rule says
     * @param preset what it is when nobody has set it here; the environment variable `KONTOR_NOTIFICATIONS_…` sets that
     * @param changed whether somebody has set it here
     */
    @Schema(name = "AlertSetting")
    record SettingBody(
            @Schema(example = "rules.failed-runs") String name,
            @Schema(example = "3") @Nullable String value,
            @Schema(example = "3") @Nullable String preset,
            boolean changed) {

        static SettingBody of(Settings.Setting setting) {
            return new SettingBody(setting.name(), setting.value(), setting.preset(), setting.changed());
        }
    }

    @Schema(name = "AlertSettings")
    record SettingsBody(List<SettingBody> items) {}

    /** @param settings by name */
    @Schema(name = "ChangedAlertSettings")
    record Changes(
            @Schema(
                    description = "What is to be changed, by name; null for what it is when nobody sets it here",
                    example = "{\"rules.failed-runs\": \"5\", \"alerts.severity.oversell\": null}")
            @NotNull
            @Size(min = 1, max = 100)
            Map<@Size(max = 100) String, @Nullable @Size(max = 500) String> settings) {}

    @GetMapping
    @Operation(
            summary = "Show when something is worth an alert, how bad it is, and whom it reaches",
            description = "`rules.…` are thresholds; `alerts.…` how bad each kind is, and when it is escalated;"
                    + " `routes.…` what goes which way to which roles, and whom an escalation reaches beside.")
    ResponseEntity<SettingsBody> get() {
        return answer(settings.all());
    }

    @PatchMapping
    @Operation(
            summary = "Change that, at once and for all instances",
            description = "A manager changes `rules.…`, an administrator everything. It holds from the next sign of a"
                    + " cause on.")
    ResponseEntity<SettingsBody> change(
            @Valid @RequestBody Changes body, @RequestHeader("If-Match") IfMatch seen, Caller caller) {
        return answer(settings.change(body.settings(), caller, version -> seen.require(new Version(version))));
    }

    private static ResponseEntity<SettingsBody> answer(Settings.All all) {
        return ResponseEntity.ok()
                .eTag(new Version(all.version()).etag())
                .body(new SettingsBody(
                        all.settings().stream().map(SettingBody::of).toList()));
    }
}
