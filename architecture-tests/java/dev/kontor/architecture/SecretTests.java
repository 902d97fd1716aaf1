package dev.kontor.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** No key, token or password that opens anything is in a file of the repository. */
class SecretTests {

    private static final Map<String, Pattern> SECRETS = Map.of(
            "private key", Pattern.compile("-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\\s*[A-Za-z0-9+/=]{40,}"),
            "key of AWS", Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            "token of GitHub", Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})"),
            "token of Slack", Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{20,}"),
            "token of a Telegram bot", Pattern.compile("\\b\\d{8,10}:AA[A-Za-z0-9_-]{33}\\b"),
            "JSON Web Token", Pattern.compile("\\beyJ[A-Za-z0-9_-]{15,}\\.eyJ[A-Za-z0-9_-]{15,}\\.[A-Za-z0-9_-]{20,}"),
            "refresh token of Amazon", Pattern.compile("\\bAtzr\\|[A-Za-z0-9_-]{60,}"),
            "client secret of Amazon", Pattern.compile("\\bamzn1\\.oa2-cs\\.v1\\.[0-9a-f]{40,}"),
            "password in an address",
                    Pattern.compile(
                            "\\b(?:https?|jdbc:postgresql|postgres(?:ql)?|rediss?)://[^/\\s:@\"'<>$]+:([^/\\s@\"'<>${}]+)@"));

    /** What looks like one and opens nothing, with the reason. */
    private static final Map<String, String> HARMLESS = Map.of(
            "://nobody:pw-not-to-show@", "a database that there is not, whose password must not be shown",
            "://me:", "addresses that are taken apart",
            "://one:first@", "another one",
            "://user:password@", "how an address is written");

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "data", "node_modules");

    private static Stream<Path> files(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.toList().stream().flatMap(entry -> {
                try {
                    return NOT_OURS.contains(entry.getFileName().toString()) || Files.isSymbolicLink(entry)
                            ? Stream.of()
                            : Files.isDirectory(entry) ? files(entry) : Stream.of(entry);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static List<String> found(String text) {
        var found = new ArrayList<String>();
        SECRETS.forEach((kind, pattern) ->
                pattern.matcher(text).results().forEach(match -> found.add(kind + ": " + match.group())));
        return found;
    }

    @Test
    void noFileHoldsOne() throws IOException {
        var wrong = new ArrayList<String>();
        var excused = new HashSet<String>();
        int read = 0;
        for (var file : files(Path.of("")).toList()) {
            try {
                var text = Files.readString(file);
                read++;
                for (var secret : found(text)) {
                    var reason =
                            HARMLESS.keySet().stream().filter(secret::contains).findFirst();
                    reason.ifPresentOrElse(excused::add, () -> wrong.add(file + " holds a " + secret));
                }
            } catch (MalformedInputException e) {
                // no text
            }
        }
        assertThat(read).as("files").isGreaterThan(1_000);
        assertThat(wrong).isEmpty();
        assertThat(excused).as("what is excused and no longer there").isEqualTo(HARMLESS.keySet());
    }

    /** Put together here, or this file would hold them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN~ PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
                "-----BEGIN RSA~ PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
                "AKIA~ABCDEFGHIJKLMNOP",
                "ghp_~abcdefghijklmnopqrstuvwxyz0123456789",
                "123456789:AA~abcdefghijklmnopqrstuvwxyz0123456",
                "eyJhbGciOiJIUzI1NiJ9~.eyJzdWIiOiJhZG1pbmlzdHJhdG9yIn0.abcdefghijklmnopqrstuvwxyz",
                "postgresql:/~/kontor:hunter2@db.example/kontor"
            })
    void oneWouldBeFound(String parts) {
        assertThat(found(parts)).isEmpty();
        assertThat(found(parts.replace("~", ""))).hasSize(1);
    }
}
