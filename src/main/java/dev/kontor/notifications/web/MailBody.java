package dev.kontor.notifications.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.mail.Subscription;

/**
 * @param state UNVERIFIED until the code is shown, REFUSED where the mail server takes nothing for the address
 * @param least alerts that matter less are not mailed
 * @param muted nor are these
 * @param quiet from when to when only what is critical is mailed, in that zone; {@code off} for never
 * @param digest when the day before is told of, in that zone; {@code off} for never
 */
@Schema(name = "MailSubscription")
record MailBody(
        UUID id,
        UUID user,
        String address,
        Subscription.State state,
        String language,
        ZoneId zone,
        Severity least,
        List<AlertKind> muted,
        @Schema(example = "22:00-07:00") String quiet,
        @Schema(example = "08:00") String digest,
        @Nullable Instant verifiedAt,
        @Nullable Instant refusedAt,
        Instant createdAt) {

    static MailBody of(Subscription subscription) {
        var wishes = subscription.wishes();
        return new MailBody(
                subscription.id(),
                subscription.user(),
                subscription.address(),
                subscription.state(),
                wishes.language().getLanguage(),
                wishes.zone(),
                wishes.least(),
                wishes.muted().stream().sorted().toList(),
                ChangedMail.shownQuiet(wishes),
                ChangedMail.shownDigest(wishes),
                subscription.verifiedAt(),
                subscription.refusedAt(),
                subscription.createdAt());
    }

    /** The address is somebody's. */
    @Override
    public String toString() {
        return "MailBody[" + id + "]";
    }
}
