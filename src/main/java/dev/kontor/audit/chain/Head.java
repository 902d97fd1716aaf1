package dev.kontor.audit.chain;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The end of the chain at some moment. Kept elsewhere, it shows later whether the end was cut off. */
public record Head(long sequence, String hash) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    static Head of(long sequence, byte[] hash) {
        return new Head(sequence, HexFormat.of().formatHex(hash));
    }

    /** @throws IllegalArgumentException where it is none */
    public static Head parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a head as a verification tells it, such as 12:0a…");
        }
        return new Head(Long.parseLong(parts.group(1)), parts.group(2));
    }

    @Override
    public String toString() {
        return sequence + ":" + hash;
    }
}
