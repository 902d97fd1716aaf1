package dev.kontor.access.factors;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.codec.binary.Base32;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.Seal;
import dev.kontor.access.attempts.Attempts;
import dev.kontor.access.attempts.Place;
import dev.kontor.access.factors.Factors.Factor;
import dev.kontor.access.files.Secret;
import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/**
 * Sets up, asks for and takes away a person's second factor. Wrong codes are counted like wrong passwords; so nothing here
 * that takes a code is called inside a transaction.
 */
@Service
public class SecondFactor {

    private static final int RECOVERY_CODES = 10;
    private static final String UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Factors factors;
    private final Seal seal;
    private final Attempts attempts;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AuditLog audit;

    SecondFactor(
            Factors factors,
            Seal seal,
            Attempts attempts,
            TransactionOperations transaction,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.factors = factors;
        this.seal = seal;
        this.attempts = attempts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * What an app needs to show codes.
     *
     * @param secret in Base32, for who types it
     * @param uri the same for who scans it
     */
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[masked]";
        }
    }

    /** Has no effect until a code has been shown, so that nobody locks himself out by a slip. */
    public Enrolment begin(UUID user, String name) {
        var secret = new byte[Codes.SECRET_BYTES];
        random.nextBytes(secret);
        transaction.executeWithoutResult(_ -> {
            if (!factors.begin(user, seal.close(secret, context(user)))) {
                throw new Conflict("There is a second factor already; take it away first.");
            }
            audit.record(of("begun", user).hidden("secret"));
        });
        var text = new Base32().encodeToString(secret);
        var label = URLEncoder.encode("Kontor:" + name, StandardCharsets.UTF_8).replace("+", "%20");
        return new Enrolment(text, "otpauth://totp/" + label + "?secret=" + text + "&issuer=Kontor");
    }

    /**
     * From now on a login takes a code.
     *
     * @return recovery codes, which nobody can see again
     */
    public List<String> confirm(UUID user, String code, Place place) {
        var factor = factors.find(user)
                .filter(found -> !found.confirmed())
                .orElseThrow(() -> new Conflict("Nothing waits to be confirmed; begin anew."));
        return attempts.code(user, place, () -> transaction.execute(_ -> confirmed(factor, plain(code))))
                .orElseThrow(() -> new InvalidField("code", "is not the present code of this device"));
    }

    private Optional<List<String>> confirmed(Factor factor, String code) {
        if (!showsCode(factor, code) || !factors.confirm(factor)) {
            return Optional.empty();
        }
        audit.record(of("confirmed", factor.user()));
        return Optional.of(newRecoveryCodes(factor.user()));
    }

    /** The earlier recovery codes are no longer good. */
    public List<String> renewRecoveryCodes(UUID user, String code, Place place) {
        require(user, code, place);
        return newRecoveryCodes(user);
    }

    private List<String> newRecoveryCodes(UUID user) {
        var codes = Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
        transaction.executeWithoutResult(_ -> {
            factors.replaceRecoveryCodes(
                    user, codes.stream().map(code -> new Secret(code).hash()).toList());
            audit.record(of("recovery-codes-made", user).hidden("recoveryCodes"));
        });
        return codes;
    }

    /** Whether a login takes a code. */
    public boolean isWanted(UUID user) {
        return factors.find(user).filter(Factor::confirmed).isPresent();
    }

    public int recoveryCodesLeft(UUID user) {
        return factors.recoveryCodesLeft(user);
    }

    /** A code of the device, or one of the recovery codes. Each is taken once. */
    public boolean passes(UUID user, String code, Place place) {
        return attempts.code(user, place, () -> Optional.of(user).filter(_ -> passes(user, plain(code))))
                .isPresent();
    }

    private boolean passes(UUID user, String code) {
        var passed = factors.find(user)
                .filter(Factor::confirmed)
                .filter(factor -> showsCode(factor, code) || factors.useRecoveryCode(user, new Secret(code).hash()));
        return passed.isPresent();
    }

    /** As it is shown, or as it is typed. */
    private static String plain(String code) {
        return code.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }

    private boolean showsCode(Factor factor, String code) {
        var secret = seal.open(factor.sealed(), context(factor.user()));
        var step = Codes.step(secret, code, clock.instant(), factor.lastStep());
        return step.isPresent() && factors.take(factor, step.getAsLong());
    }

    private void require(UUID user, String code, Place place) {
        if (!passes(user, code, place)) {
            throw new InvalidField("code", "is neither the present code of the device nor a recovery code");
        }
    }

    /** The password alone is enough again. */
    public void remove(UUID user, String code, Place place) {
        require(user, code, place);
        remove(user);
    }

    /** The same, on the word of somebody who may say so. */
    public boolean remove(UUID user) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var removed = factors.remove(user);
            if (removed) {
                audit.record(of("removed", user));
            }
            return removed;
        }));
    }

    private static Act of(String what, UUID user) {
        return Act.of("second-factor." + what, "user", user);
    }

    /** Four groups of six characters that nobody confuses: 118 bits, so that a plain hash keeps them. */
    private String recoveryCode() {
        return random.ints(24, 0, UNMISTAKABLE.length())
                .mapToObj(UNMISTAKABLE::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceAll("(.{6})(?!$)", "$1-");
    }

    static String context(Object user) {
        return "second factor of " + user;
    }
}
