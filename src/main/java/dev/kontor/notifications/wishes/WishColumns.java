package dev.kontor.notifications.wishes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kontor.audit.Act;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;

/** How the tables of all channels keep wishes, and what the audit log says of them. */
public final class WishColumns {

    /** For an update; {@link #parameters} are the values. */
    public static final String SET = """
            language = :language, zone = :zone, least = :least, muted = :muted, quiet_from = :quietFrom,
            quiet_to = :quietTo, digest_at = :digestAt""";

    private WishColumns() {}

    public static Wishes read(ResultSet row) throws SQLException {
        return new Wishes(
                Locale.of(row.getString("language")),
                ZoneId.of(row.getString("zone")),
                Severity.valueOf(row.getString("least")),
                kinds((String[]) row.getArray("muted").getArray()),
                row.getObject("quiet_from", LocalTime.class),
                row.getObject("quiet_to", LocalTime.class),
                row.getObject("digest_at", LocalTime.class));
    }

    /** One that this version does not know any more is left out. */
    private static Set<AlertKind> kinds(String[] names) {
        return Arrays.stream(AlertKind.values())
                .filter(kind -> List.of(names).contains(kind.name()))
                .collect(Collectors.toSet());
    }

    public static Map<String, @Nullable Object> parameters(Wishes wishes) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("language", wishes.language().getLanguage());
        values.put("zone", wishes.zone().getId());
        values.put("least", wishes.least().name());
        values.put(
                "muted", wishes.muted().stream().map(AlertKind::name).sorted().toArray(String[]::new));
        values.put("quietFrom", wishes.quietFrom());
        values.put("quietTo", wishes.quietTo());
        values.put("digestAt", wishes.digestAt());
        return values;
    }

    /** The act with what changed. */
    public static Act told(Act act, Wishes before, Wishes after) {
        return act.label(
                        "language",
                        before.language().getLanguage(),
                        after.language().getLanguage())
                .label("zone", before.zone().getId(), after.zone().getId())
                .field("least", before.least(), after.least())
                .field("muted", sorted(before.muted()), sorted(after.muted()))
                .field("quietFrom", before.quietFrom(), after.quietFrom())
                .field("quietTo", before.quietTo(), after.quietTo())
                .field("digestAt", before.digestAt(), after.digestAt());
    }

    private static List<AlertKind> sorted(Set<AlertKind> kinds) {
        return kinds.stream().sorted().toList();
    }
}
