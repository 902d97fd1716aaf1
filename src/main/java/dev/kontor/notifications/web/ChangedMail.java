package dev.kontor.notifications.web;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.wishes.Wishes;

/** What is left out stays as it is. */
@Schema(name = "ChangedMailSubscription")
record ChangedMail(
        @Schema(allowableValues = {"en", "ru"}) @Nullable String language,

        @Schema(example = "Europe/Warsaw") @Nullable @Size(max = 50)
        String zone,

        @Schema(description = "Alerts that matter less are not mailed") @Nullable
        Severity least,

        @Schema(description = "Kinds of alerts that are not mailed") @Nullable @Size(max = 100)
        List<@NotNull AlertKind> muted,

        @Schema(
                example = "22:00-07:00",
                description = "From when to when only what is critical is mailed, in that zone; `off` for never")
        @Nullable
        @Size(max = 20)
        String quiet,

        @Schema(example = "08:00", description = "When the day before is told of, in that zone; `off` for never")
        @Nullable
        @Size(max = 10)
        String digest) {

    static final Wishes USUAL =
            new Wishes(Locale.ENGLISH, ZoneId.of("UTC"), Severity.WARNING, Set.of(), null, null, null);

    private static final String OFF = "off";
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    /** @throws InvalidField that names each field that is wrong */
    Wishes applied(Wishes before) {
        var problems = new ArrayList<FieldProblem>();
        var after = before;
        if (language != null) {
            after = Wishes.LANGUAGES.contains(language)
                    ? after.speaking(Locale.of(language))
                    : wrong(problems, "language", "must be en or ru", after);
        }
        if (zone != null) {
            after = zone(problems, after, zone);
        }
        if (least != null || muted != null) {
            after = after.hearing(
                    least == null ? after.least() : least, muted == null ? after.muted() : Set.copyOf(muted));
        }
        if (digest != null) {
            after = digest(problems, after, digest);
        }
        if (quiet != null) {
            after = quiet(problems, after, quiet);
        }
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
        return after;
    }

    private static Wishes wrong(List<FieldProblem> problems, String field, String message, Wishes unchanged) {
        problems.add(new FieldProblem(field, message));
        return unchanged;
    }

    private static Wishes zone(List<FieldProblem> problems, Wishes wishes, String zone) {
        try {
            return wishes.in(ZoneId.of(zone));
        } catch (DateTimeException e) {
            return wrong(problems, "zone", "must be a time zone, such as Europe/Warsaw", wishes);
        }
    }

    private static Wishes digest(List<FieldProblem> problems, Wishes wishes, String hour) {
        try {
            return wishes.digest(hour.equals(OFF) ? null : LocalTime.parse(hour, HOUR));
        } catch (DateTimeException e) {
            return wrong(problems, "digest", "must be a time, such as 08:00, or off", wishes);
        }
    }

    private static Wishes quiet(List<FieldProblem> problems, Wishes wishes, String quiet) {
        if (quiet.equals(OFF)) {
            return wishes.quiet(null, null);
        }
        try {
            int dash = quiet.indexOf('-');
            return wishes.quiet(
                    LocalTime.parse(quiet.substring(0, Math.max(0, dash)), HOUR),
                    LocalTime.parse(quiet.substring(dash + 1), HOUR));
        } catch (DateTimeException e) {
            return wrong(problems, "quiet", "must be two times, such as 22:00-07:00, or off", wishes);
        }
    }

    static String shownDigest(Wishes wishes) {
        return wishes.digestAt() == null ? OFF : wishes.digestAt().toString();
    }

    static String shownQuiet(Wishes wishes) {
        return wishes.quietFrom() == null ? OFF : wishes.quietFrom() + "-" + wishes.quietTo();
    }
}
