package dev.kontor.orders.certificate;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.orders.CertificateGapsChanged;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.quarantine.Quarantine;
import dev.kontor.orders.reading.Readings;
import dev.kontor.orders.reading.ReadingsWriter;

/** Brings what the marketplace lists into the archive, and takes note of what was not there. */
@Component
class CertificateWriter {

    private final Archive archive;
    private final Quarantine quarantine;
    private final ReadingsWriter readings;
    private final Certificates certificates;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CertificateWriter(
            Archive archive,
            Quarantine quarantine,
            ReadingsWriter readings,
            Certificates certificates,
            ApplicationEventPublisher events,
            Clock clock) {
        this.archive = archive;
        this.quarantine = quarantine;
        this.readings = readings;
        this.certificates = certificates;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public void compare(AccountView account, OrderPage page, DayCheck check, Run run) {
        archive.lock(account.id());
        var stored = archive.store(account, page.orders(), Source.CERTIFICATE);
        quarantine.take(account.id(), page.unreadable(), Source.CERTIFICATE);
        page.orders().forEach(order -> check.listed(order.externalId()));
        page.unreadable().forEach(check::unreadable);
        check.refreshed(stored);
        run.read(page.orders().size() + page.unreadable().size());
        run.stored(stored);
        run.skipped("unreadable", page.unreadable().size());
    }

    /** What the archive has and the marketplace does not list was asked for one by one. */
    @Transactional
    public void explain(AccountView account, Readings read, Run run) {
        readings.store(account, read, Source.CERTIFICATE, run);
    }

    @Transactional
    public void seal(AccountView account, LocalDate day, DayCheck check, Duration delay, boolean complete) {
        var archived = Set.copyOf(certificates.archived(account.id(), day));
        var missing = (int)
                check.listed().stream().filter(id -> !archived.contains(id)).count();
        var repaired = certificates.repairedSinceTheLastVerdict(account.id(), day, delay);
        certificates.add(new Certificate(
                account.id(),
                day,
                clock.instant(),
                complete,
                Certificate.Verdict.of(missing, repaired, check.unreadable(), check.unexplained()),
                check.listed().size(),
                archived.size(),
                repaired,
                check.refreshed(),
                check.unreadable(),
                check.unexplained(),
                check.hash()));
        if (complete && certificates.everHadGaps(account.id(), day)) {
            events.publishEvent(new CertificateGapsChanged(account.id(), clock.instant()));
        }
    }

    /**
     * Records that did not even tell an id cannot be read again by it. They need no more attention once the day on which
     * they were last seen is proven whole and no list has anything unreadable in it: whatever they were about is there.
     */
    @Transactional
    public void resolveNameless(AccountView account) {
        if (!certificates.anythingUnreadable(account.id())) {
            quarantine.resolveNameless(
                    account.id(), certificates.settled(account.id()).keySet());
        }
    }

    List<String> notListed(AccountView account, LocalDate day, DayCheck check) {
        return certificates.archived(account.id(), day).stream()
                .filter(id -> !check.listed().contains(id))
                .toList();
    }
}
