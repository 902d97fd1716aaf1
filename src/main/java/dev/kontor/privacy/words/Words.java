package dev.kontor.privacy.words;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a text, normalized. Always: its runs of letters and digits; whole tokens with punctuation inside
 * ({@code ab-12/3}, {@code nowak-kowalska}, {@code jan.nowak}); e-mail addresses whole, and what stands before the @;
 * telephone numbers as all their digits and as the last nine, which are the same with and without a country's prefix.
 */
final class Words {

    private static final Pattern SPACE = Pattern.compile("[\\s,;()\\[\\]{}\"<>|]+");
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern EDGE = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");
    private static final Pattern TELEPHONE = Pattern.compile("[+\\d][\\d\\s()./-]*");
    private static final int NATIONAL = 9;
    private static final int SHORTEST = 7;
    private static final int LONGEST = 15; // E.164

    private Words() {}

    static Set<String> of(String text) {
        var normal = Normalization.of(text).strip();
        var words = new LinkedHashSet<String>();
        addTelephone(normal, words);
        for (var token : SPACE.split(normal)) {
            addToken(token, words);
        }
        return words;
    }

    /** What must all be found. Whole tokens only: whoever types {@code AB-12/3} does not look for every 12. */
    static Set<String> wanted(String query) {
        var normal = Normalization.of(query).strip();
        var words = new LinkedHashSet<String>();
        if (isTelephone(normal) && !isNumber(normal)) {
            words.add(national(digits(normal)));
            return words;
        }
        for (var token : SPACE.split(normal)) {
            addIfWord(EDGE.matcher(token).replaceAll(""), words);
        }
        return words;
    }

    private static void addToken(String token, Set<String> words) {
        var whole = EDGE.matcher(token).replaceAll("");
        addIfWord(whole, words);
        if (isNumber(whole)) {
            return;
        }
        var at = whole.indexOf('@');
        if (at > 0) {
            addIfWord(EDGE.matcher(whole.substring(0, at)).replaceAll(""), words);
        }
        addTelephone(whole, words);
        for (var part : SEPARATOR.split(whole)) {
            addIfWord(part, words);
        }
    }

    private static void addTelephone(String text, Set<String> words) {
        if (isTelephone(text)) {
            var digits = digits(text);
            words.add(digits);
            words.add(national(digits));
        }
    }

    private static void addIfWord(String word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(word);
        }
    }

    private static boolean isTelephone(String text) {
        if (!TELEPHONE.matcher(text).matches()) {
            return false;
        }
        var count = digits(text).length();
        return count >= SHORTEST && count <= LONGEST;
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(Character::isDigit);
    }

    private static String digits(String text) {
        var digits = new StringBuilder(text.length());
        text.chars().filter(Character::isDigit).forEach(digit -> digits.append((char) digit));
        return digits.toString();
    }

    private static String national(String digits) {
        return digits.length() <= NATIONAL ? digits : digits.substring(digits.length() - NATIONAL);
    }
}
