package dev.kontor.access.factors;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.codec.binary.Base32;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.access.Seal;
import dev.kontor.access.factors.Factors.Factor;
import dev.kontor.access.files.Secret;
import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;

/** Sets up, asks for and takes away a person's second factor. */
@Service
public class SecondFactor {

    private static final int RECOVERY_CODES = 10;
    private static final String UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Factors factors;
    private final Seal seal;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactor(Factors factors, Seal seal, Clock clock) {
        this.factors = factors;
        this.seal = seal;
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
        if (!factors.begin(user, seal.close(secret, context(user)))) {
            throw new Conflict("There is a second factor already; take it away first.");
        }
        var text = new Base32().encodeToString(secret);
        var label = URLEncoder.encode("Kontor:" + name, StandardCharsets.UTF_8).replace("+", "%20");
        return new Enrolment(text, "otpauth://totp/" + label + "?secret=" + text + "&issuer=Kontor");
    }

    /**
     * From now on a login takes a code.
     *
     * @return recovery codes, which nobody can see again
     */
    @Transactional
    public List<String> confirm(UUID user, String code) {
        var factor = factors.find(user)
                .filter(found -> !found.confirmed())
                .orElseThrow(() -> new Conflict("Nothing waits to be confirmed; begin anew."));
        if (!showsCode(factor, code) || !factors.confirm(user)) {
            throw new InvalidField("code", "is not the present code of this device");
        }
        return renewRecoveryCodes(user);
    }

    /** The earlier ones are no longer good. */
    @Transactional
    public List<String> renewRecoveryCodes(UUID user) {
        var codes = Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
        factors.replaceRecoveryCodes(
                user, codes.stream().map(code -> new Secret(code).hash()).toList());
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
    public boolean passes(UUID user, String code) {
        var plain = code.strip().replace(" ", "");
        return factors.find(user).filter(factor -> showsCode(factor, plain)).isPresent()
                || factors.useRecoveryCode(user, new Secret(plain.toLowerCase(Locale.ROOT)).hash());
    }

    private boolean showsCode(Factor factor, String code) {
        var secret = seal.open(factor.sealed(), context(factor.user()));
        var step = Codes.step(secret, code.strip(), clock.instant(), factor.lastStep());
        return step.isPresent() && factors.take(factor.user(), step.getAsLong());
    }

    /** The password alone is enough again. */
    public boolean remove(UUID user) {
        return factors.remove(user);
    }

    /** Four groups of six characters that nobody confuses: 118 bits, so that a plain hash keeps them. */
    private String recoveryCode() {
        return random.ints(24, 0, UNMISTAKABLE.length())
                .mapToObj(UNMISTAKABLE::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceAll("(.{6})(?!$)", "$1-");
    }

    private static String context(UUID user) {
        return "second factor of " + user;
    }
}
