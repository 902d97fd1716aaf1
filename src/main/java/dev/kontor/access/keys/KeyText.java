package dev.kontor.access.keys;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.kontor.access.files.Secret;

/** {@code kontor_<prefix>_<secret>}: recognizable where it leaked, and found by a prefix that may be shown. */
record KeyText(String prefix, Secret secret) {

    private static final Pattern FORM = Pattern.compile("kontor_([0-9a-f]{12})_([0-9a-f]{64})");

    static KeyText random() {
        return new KeyText(Secret.random().text().substring(0, 12), Secret.random());
    }

    static Optional<KeyText> parse(String text) {
        return Optional.of(FORM.matcher(text))
                .filter(matcher -> matcher.matches())
                .map(matcher -> new KeyText(matcher.group(1), new Secret(matcher.group(2))));
    }

    String text() {
        return "kontor_" + prefix + "_" + secret.text();
    }
}
