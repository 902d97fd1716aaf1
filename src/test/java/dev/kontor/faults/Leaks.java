package dev.kontor.faults;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Searches whatever is kept or told for things that must not be in it: as they are, in lower case, in hexadecimal, in
 * Base64 of both alphabets and at whatever place in it, as part of a URL and as JSON escapes them. What it finds it calls
 * by its place, such as table and column.
 */
final class Leaks {

    /** Of anything shorter it could not be told whether it is there by chance. */
    static final int SHORTEST = 6;

    private final Map<Integer, List<Form>> anyCase = new HashMap<>();
    private final Map<Integer, List<Form>> exactly = new HashMap<>();
    private final Set<String> found = new TreeSet<>();

    private record Form(String text, String secret, String as) {}

    /** @param secrets what each of them is, by itself */
    Leaks(Map<String, String> secrets) {
        secrets.forEach(this::add);
    }

    private void add(String secret, String what) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException(what + " is too short to be looked for: " + secret);
        }
        for (var spelling : new TreeSet<>(List.of(secret, secret.toLowerCase(Locale.ROOT)))) {
            var bytes = spelling.getBytes(StandardCharsets.UTF_8);
            note(anyCase, spelling.toLowerCase(Locale.ROOT), what, "plain");
            note(anyCase, escaped(spelling), what, "JSON");
            note(anyCase, HexFormat.of().formatHex(bytes), what, "hexadecimal");
            note(anyCase, URLEncoder.encode(spelling, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT), what, "URL");
            note(anyCase, spelling.toLowerCase(Locale.ROOT).replace(" ", "%20"), what, "URL");
            for (int before = 0; before < 3; before++) {
                note(exactly, base64(bytes, before), what, "Base64");
                note(exactly, base64(bytes, before).replace('+', '-').replace('/', '_'), what, "Base64");
            }
        }
    }

    private static void note(Map<Integer, List<Form>> forms, String text, String what, String as) {
        if (text.length() >= SHORTEST) {
            forms.computeIfAbsent(head(text, 0), _ -> new ArrayList<>()).add(new Form(text, what, as));
        }
    }

    /** The characters that do not depend on what stands before and behind. */
    private static String base64(byte[] bytes, int before) {
        var shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        var text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return text.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(character -> {
            if (character < 128) {
                escaped.append((char) Character.toLowerCase(character));
            } else {
                escaped.append("\\u%04x".formatted(character));
            }
        });
        return escaped.toString();
    }

    private static int head(CharSequence text, int at) {
        int head = 0;
        for (int index = at; index < at + SHORTEST; index++) {
            head = 31 * head + text.charAt(index);
        }
        return head;
    }

    /** @param place such as a table and its column */
    void search(String place, String content) {
        search(place, content, exactly);
        search(place, content.toLowerCase(Locale.ROOT), anyCase);
    }

    private void search(String place, String content, Map<Integer, List<Form>> forms) {
        for (int at = 0; at <= content.length() - SHORTEST; at++) {
            for (var form : forms.getOrDefault(head(content, at), List.of())) {
                if (content.startsWith(form.text(), at)) {
                    found.add(place + " holds " + form.secret() + " (" + form.as() + ")");
                }
            }
        }
    }

    /** Every column of every table of every schema, row by row; how many columns that were. */
    int searchTables(JdbcClient jdbc) {
        var columns = columns(jdbc);
        columns.forEach((column, sql) -> jdbc.sql(sql).query(row -> {
            search(column, row.getString("text"));
            var bytes = row.getBytes("bytes");
            if (bytes != null) {
                search(column, new String(bytes, StandardCharsets.UTF_8));
            }
        }));
        return columns.size();
    }

    private static Map<String, String> columns(JdbcClient jdbc) {
        var columns = new TreeMap<String, String>();
        jdbc.sql("""
                        select table_schema, table_name, column_name, data_type
                        from information_schema.columns join information_schema.tables using (table_schema, table_name)
                        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')""").query(row -> {
            var column = "\"" + row.getString("column_name") + "\"";
            var table = "\"" + row.getString("table_schema") + "\".\"" + row.getString("table_name") + "\"";
            columns.put(
                    row.getString("table_schema") + "." + row.getString("table_name") + "."
                            + row.getString("column_name"),
                    "select %1$s::text as text, %2$s as bytes from %3$s where %1$s is not null"
                            .formatted(
                                    column,
                                    row.getString("data_type").equals("bytea") ? column : "null::bytea",
                                    table));
        });
        return columns;
    }

    /** Everything that was found and is not where it may be. */
    Collection<String> found(String... permitted) {
        var leaks = new TreeSet<>(found);
        leaks.removeIf(leak -> List.of(permitted).stream().anyMatch(leak::startsWith));
        return leaks;
    }

    /** Secrets with what they are; the first name of one that is there twice stays. */
    static Map<String, String> named(String what, Collection<String> secrets) {
        var named = new LinkedHashMap<String, String>();
        secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .forEach(secret -> named.put(secret, what + " " + secret));
        return named;
    }
}
