package dev.kontor.inventory.items;

import java.util.Optional;
import java.util.regex.Pattern;

/** A number for trade items by GS1, such as an EAN: 8, 12, 13 or 14 digits, of which the last one checks the others. */
public record Gtin(String digits) {

    private static final Pattern FORM = Pattern.compile("\\d{8}|\\d{12,14}");

    public Gtin {
        if (!FORM.matcher(digits).matches() || !checks(digits)) {
            throw new IllegalArgumentException("no GTIN");
        }
    }

    public static Optional<Gtin> parse(String text) {
        return FORM.matcher(text).matches() && checks(text) ? Optional.of(new Gtin(text)) : Optional.empty();
    }

    /** From the right the digits count three times and once by turns, after the one that makes the sum a multiple of ten. */
    private static boolean checks(String digits) {
        int sum = 0;
        for (int fromRight = 0; fromRight < digits.length(); fromRight++) {
            int digit = digits.charAt(digits.length() - 1 - fromRight) - '0';
            sum += fromRight % 2 == 1 ? 3 * digit : digit;
        }
        return sum % 10 == 0;
    }

    @Override
    public String toString() {
        return digits;
    }
}
