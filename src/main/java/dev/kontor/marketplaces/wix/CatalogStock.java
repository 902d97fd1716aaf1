package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.StockWriter.Terms;

/** How quantities are read and written under one of Wix's catalogs. */
interface CatalogStock {

    /** Wix writes while it is asked, so that a write which was never answered is over when the last gateway gave up. */
    Duration LONGEST_DELAY = Duration.ofMinutes(5);

    Terms terms();

    Answer<Map<String, Outcome>> write(Command command, Connection connection);

    Answer<Map<String, Outcome>> state(Command command, Connection connection);

    Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection);

    static <T> Answer<T> unsupported() {
        return new Rejected<>("UNSUPPORTED", "the site's catalog has no such command");
    }

    static Answer<Map<String, Outcome>> unknown(Command command, String reason) {
        return new Ok<>(forAll(command, new Outcome.Unknown(reason)));
    }

    static Map<String, Outcome> forAll(Command command, Outcome outcome) {
        return command.changes().stream().collect(Collectors.toMap(change -> change.listing(), change -> outcome));
    }

    static Outcome rejected(String code) {
        return new Outcome.Rejected(code, "Wix refused to change the quantity");
    }
}
