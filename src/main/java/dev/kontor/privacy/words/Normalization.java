package dev.kontor.privacy.words;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Equal words get equal spelling: NFKD, marks removed, lower case, and letters that only look composed (ł, ø, ß …) by
 * their plain ones.
 */
final class Normalization {

    private static final Map<Character, String> PLAIN = Map.ofEntries(
            Map.entry('ł', "l"),
            Map.entry('đ', "d"),
            Map.entry('ð', "d"),
            Map.entry('ħ', "h"),
            Map.entry('ı', "i"),
            Map.entry('ø', "o"),
            Map.entry('ŧ', "t"),
            Map.entry('ß', "ss"),
            Map.entry('æ', "ae"),
            Map.entry('œ', "oe"),
            Map.entry('þ', "th"));

    private Normalization() {}

    static String of(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        // lower case before and after: İ becomes i with a mark, and a sign such as ℡ capital letters
        var decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT);
        var plain = new StringBuilder(decomposed.length());
        decomposed.chars().forEach(unit -> append((char) unit, plain));
        return plain.toString();
    }

    private static void append(char unit, StringBuilder plain) {
        switch (Character.getType(unit)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> {}
            default -> {
                var letter = PLAIN.get(unit);
                if (letter == null) {
                    plain.append(unit);
                } else {
                    plain.append(letter);
                }
            }
        }
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(unit -> unit < 128);
    }
}
