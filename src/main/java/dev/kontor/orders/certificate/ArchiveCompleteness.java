package dev.kontor.orders.certificate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.Completeness;
import dev.kontor.orders.quarantine.QuarantineEntries;

@Component
class ArchiveCompleteness implements Completeness {

    private final Certificates certificates;
    private final QuarantineEntries quarantine;

    ArchiveCompleteness(Certificates certificates, QuarantineEntries quarantine) {
        this.certificates = certificates;
        this.quarantine = quarantine;
    }

    @Override
    public List<LocalDate> daysWithGaps(AccountId account) {
        return certificates.gaps(account);
    }

    @Override
    public long unreadableSince(AccountId account, Instant since) {
        return quarantine.openSince(account, since);
    }
}
