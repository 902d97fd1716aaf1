package dev.kontor.access.users;

import java.util.List;
import java.util.Locale;

import org.springframework.stereotype.Component;

import com.nulabinc.zxcvbn.Zxcvbn;

import dev.kontor.access.files.AccessProperties;
import dev.kontor.access.files.BreachedPasswords;
import dev.kontor.api.InvalidField;

/**
 * What a new password must be (OWASP ASVS 5.0, chapter 6.2): long, not a word that everybody tries first, not one that was
 * ever stolen. Nothing is asked of its kinds of characters.
 */
@Component
public class PasswordRules {

    /** Of five classes by number of guesses: more than 10⁸. */
    private static final int LEAST_SCORE = 3;

    /** Measuring takes longer the longer it is, and what is long enough by then is good. */
    private static final int MEASURED = 100;

    private final Zxcvbn guesses = new Zxcvbn();
    private final BreachedPasswords breached;

    PasswordRules(AccessProperties properties) {
        this.breached = BreachedPasswords.in(properties.passwords().breached());
    }

    /** @throws InvalidField where the password is not good enough */
    public void check(String field, String name, String password) {
        if (password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidField(field, "must not contain the user name");
        }
        var start = password.substring(0, Math.min(password.length(), MEASURED));
        if (guesses.measure(start, List.of("kontor", name)).getScore() < LEAST_SCORE) {
            throw new InvalidField(
                    field,
                    "is too easy to guess; several words that have nothing to do with each other" + " are better");
        }
        if (breached.contains(password)) {
            throw new InvalidField(field, "is known from stolen data; choose one that nobody else has");
        }
    }
}
