package dev.kontor.notifications.wishes;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;

/**
 * What somebody wants to hear of, and when.
 *
 * @param least alerts that matter less are not told of
 * @param muted nor are these
 * @param digestAt when he wants to hear how the day before went, null for never
 */
public record Wishes(
        Locale language,
        ZoneId zone,
        Severity least,
        Set<AlertKind> muted,
        @Nullable LocalTime quietFrom,
        @Nullable LocalTime quietTo,
        @Nullable LocalTime digestAt) {

    /** In which everything is said. */
    public static final Set<String> LANGUAGES = Set.of("en", "ru");

    /** Later than that nobody calls it morning. */
    private static final Duration LATE = Duration.ofHours(6);

    public Wishes {
        muted = Set.copyOf(muted);
    }

    public boolean wants(AlertKind kind, Severity severity) {
        return severity.compareTo(least) >= 0 && !muted.contains(kind);
    }

    /** Whether he does not want to be disturbed then. */
    public boolean isQuiet(Instant at) {
        if (quietFrom == null || quietTo == null || quietFrom.equals(quietTo)) {
            return false;
        }
        var time = at.atZone(zone).toLocalTime();
        return quietFrom.isBefore(quietTo)
                ? !time.isBefore(quietFrom) && time.isBefore(quietTo)
                : !time.isBefore(quietFrom) || time.isBefore(quietTo);
    }

    /** When the quiet hours are over that are at this moment. */
    public Instant afterQuiet(Instant at) {
        if (!isQuiet(at) || quietTo == null) {
            return at;
        }
        var now = at.atZone(zone);
        var end = now.with(quietTo);
        return (end.isAfter(now) ? end : end.plusDays(1)).toInstant();
    }

    /** Whether it is the morning of somebody who wants the digest. */
    public boolean isDigestDue(Instant at) {
        if (digestAt == null) {
            return false;
        }
        var now = at.atZone(zone);
        var due = now.toLocalDate().atTime(digestAt).atZone(zone);
        return !now.isBefore(due) && now.isBefore(due.plus(LATE));
    }

    public Wishes speaking(Locale other) {
        return new Wishes(other, zone, least, muted, quietFrom, quietTo, digestAt);
    }

    public Wishes in(ZoneId other) {
        return new Wishes(language, other, least, muted, quietFrom, quietTo, digestAt);
    }

    public Wishes hearing(Severity from, Set<AlertKind> without) {
        return new Wishes(language, zone, from, without, quietFrom, quietTo, digestAt);
    }

    public Wishes quiet(@Nullable LocalTime from, @Nullable LocalTime to) {
        return new Wishes(language, zone, least, muted, from, to, digestAt);
    }

    public Wishes digest(@Nullable LocalTime at) {
        return new Wishes(language, zone, least, muted, quietFrom, quietTo, at);
    }
}
