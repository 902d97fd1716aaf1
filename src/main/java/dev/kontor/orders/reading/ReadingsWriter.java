package dev.kontor.orders.reading;

import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.quarantine.Quarantine;

/** Stores whatever reading orders brought: the readable, the vanished and the unreadable. */
@Component
public class ReadingsWriter {

    private final Archive archive;
    private final Quarantine quarantine;

    ReadingsWriter(Archive archive, Quarantine quarantine) {
        this.archive = archive;
        this.quarantine = quarantine;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void store(AccountView account, Readings readings, Source source, Run run) {
        archive.lock(account.id());
        run.stored(archive.store(account, readings.orders(), source));
        if (!readings.gone().isEmpty()) {
            run.changed(archive.gone(account.id(), readings.gone(), source));
            run.skipped("gone", readings.gone().size());
        }
        quarantine(account, readings.unreadable(), source, run);
        quarantine.resolve(account.id(), readings.gone());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void quarantine(AccountView account, List<UnreadableRecord> records, Source source, Run run) {
        quarantine.take(account.id(), records, source);
        run.skipped("unreadable", records.size());
    }
}
