package dev.kontor.orders.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.InvalidField;
import dev.kontor.api.Page;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.orders.certificate.Certificate;
import dev.kontor.orders.certificate.Certificates;
import dev.kontor.orders.loops.LoopSchedule;

@RestController
@RequestMapping("/api/v1/accounts/{id}/certificates")
@Guarded(Area.ORDERS)
@Tag(name = "Certificates")
class CertificateController {

    private static final int LONGEST = 1_000;

    private final KnownAccount accounts;
    private final Certificates certificates;
    private final LoopSchedule schedule;
    private final Clock clock;
    private final AuditLog audit;

    CertificateController(
            KnownAccount accounts, Certificates certificates, LoopSchedule schedule, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.accounts = accounts;
        this.certificates = certificates;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** @param complete false while the day goes on, or was too young when it was checked */
    record CertificateBody(
            LocalDate day,
            Certificate.Verdict verdict,
            boolean complete,
            int listed,
            int archived,
            int repaired,
            int refreshed,
            int unreadable,
            int unexplained,
            String hash,
            Instant checkedAt) {

        static CertificateBody of(Certificate certificate) {
            return new CertificateBody(
                    certificate.day(),
                    certificate.verdict(),
                    certificate.complete(),
                    certificate.listed(),
                    certificate.archived(),
                    certificate.repaired(),
                    certificate.refreshed(),
                    certificate.unreadable(),
                    certificate.unexplained(),
                    certificate.hash(),
                    certificate.checkedAt());
        }
    }

    @GetMapping
    @Operation(
            summary = "List the newest verdict of each day",
            description = "Days are in UTC, both inclusive; without `from` and `to`, the last 30 days.")
    Page<CertificateBody> list(
            @PathVariable UUID id, @RequestParam @Nullable LocalDate from, @RequestParam @Nullable LocalDate to) {
        var account = accounts.get(id);
        var last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
        var first = from == null ? last.minusDays(29) : from;
        if (first.isAfter(last)) {
            throw new InvalidField("to", "must not be before from");
        }
        if (first.plusDays(LONGEST).isBefore(last)) {
            throw new InvalidField("from", "must be at most " + LONGEST + " days before to");
        }
        return new Page<>(
                certificates.newest(account.id(), first, last).stream()
                        .map(CertificateBody::of)
                        .toList(),
                null);
    }

    @GetMapping("/{day}")
    @Operation(summary = "List every verdict ever given on a day, the newest first")
    Page<CertificateBody> history(@PathVariable UUID id, @PathVariable LocalDate day) {
        return new Page<>(
                certificates.history(accounts.get(id).id(), day).stream()
                        .map(CertificateBody::of)
                        .toList(),
                null);
    }

    @PostMapping("/check")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Check the days that are due now, instead of at the next interval")
    void check(@PathVariable UUID id) {
        var account = accounts.get(id).id();
        audit.recordAtOnce(Act.of("certificate.asked-for", "account", account));
        schedule.runNow("certificate", account);
    }
}
