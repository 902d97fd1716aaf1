package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The environment variables that Kontor reads, found where it reads them. */
final class Settings {

    static final Pattern NAME = Pattern.compile("\\bKONTOR_[A-Z0-9]+(?:_[A-Z0-9]+)*\\b");

    /** {@code "kontor.allegro.api-url"} in the code or the metadata is {@code KONTOR_ALLEGRO_APIURL} for Spring. */
    private static final Pattern PROPERTY = Pattern.compile("\\bkontor(?:\\.[a-z0-9-]+)+");

    /** Names that the code puts together, for each marketplace or each kind of alerts. */
    private static final Set<String> COMPOSED = Set.of(
            "KONTOR_NOTIFICATIONS_ALERTS_SEVERITY_SYNC_FAILING",
            "KONTOR_OPERATIONS_SILENCE_INTERVALS_AMAZON",
            "KONTOR_OPERATIONS_SILENCE_ZONES_ALLEGRO",
            "KONTOR_PRIVACY_RETENTION_ALLEGRO",
            "KONTOR_ORDERS_LOOPS_ALLEGRO_FEED",
            "KONTOR_ORDERS_LOOPS_ALLEGRO_BACKFILL",
            "KONTOR_ORDERS_LOOPS_ALLEGRO_SWEEP",
            "KONTOR_ORDERS_LOOPS_ALLEGRO_CERTIFICATE",
            "KONTOR_INVENTORY_LOOPS_ALLEGRO_LISTINGS");

    private Settings() {}

    static Set<String> known() throws IOException {
        var known = new TreeSet<>(COMPOSED);
        try (var files = Files.walk(Path.of("src/main"))) {
            for (var file :
                    files.filter(it -> it.toString().matches(".*\\.(java|yml)")).toList()) {
                add(known, Files.readString(file));
            }
        }
        var metadata = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
        if (Files.exists(metadata)) {
            add(known, Files.readString(metadata));
        }
        return known;
    }

    private static void add(Set<String> known, String text) {
        NAME.matcher(text).results().map(MatchResult::group).forEach(known::add);
        PROPERTY.matcher(text)
                .results()
                .map(it -> it.group().toUpperCase(Locale.ROOT).replace('.', '_'))
                .forEach(it -> {
                    known.add(it.replace("-", ""));
                    known.add(it.replace('-', '_'));
                });
    }
}
