package dev.kontor.access.users;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import dev.kontor.access.attempts.Attempts;
import dev.kontor.access.attempts.Place;
import dev.kontor.api.TooManyRequests;

/** What a password must be, and whether one is right. */
@Component
public class Passwords {

    public static final int MINIMUM_LENGTH = 12;
    public static final int MAXIMUM_LENGTH = 256; // hashing takes longer the longer it is

    /** In KiB; with it and two iterations a guess is as dear as Spring Security has it since 5.8. */
    public static final int MEMORY = 1 << 14;

    private static final int ITERATIONS = 2;
    private static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 32;

    private static final String UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Users users;
    private final Attempts attempts;
    private final PasswordEncoder encoder;
    private final SecureRandom random = new SecureRandom();
    private final String hashOfNobody;

    /** @param memory that hashing takes, in KiB */
    Passwords(Users users, Attempts attempts, @Value("${kontor.access.password-memory:" + MEMORY + "}") int memory) {
        this.users = users;
        this.attempts = attempts;
        this.encoder = new Argon2PasswordEncoder(SALT_LENGTH, HASH_LENGTH, 1, memory, ITERATIONS);
        this.hashOfNobody = encoder.encode(generate());
    }

    /**
     * The user who may log in so. Takes as long for a name that nobody has as for a wrong password.
     *
     * @throws TooManyRequests when too much was wrong of late
     */
    public Optional<User> check(String name, String password, Place place) {
        var user = users.find(name);
        return attempts.password(user.map(User::id).orElseGet(() -> nobody(name)), place, () -> check(user, password));
    }

    private Optional<User> check(Optional<User> user, String password) {
        var right = matches(password, user.map(User::passwordHash).orElse(hashOfNobody));
        return user.filter(found -> right && found.passwordHash() != null && found.enabled());
    }

    /** Nothing of the name can be found out from it: somebody may have typed the password there. */
    private static UUID nobody(String name) {
        return new UUID(0, name.toLowerCase(Locale.ROOT).hashCode() & 0xffff);
    }

    public boolean matches(String password, String hash) {
        return password.length() <= MAXIMUM_LENGTH && encoder.matches(password, hash);
    }

    public String hash(String password) {
        return encoder.encode(password);
    }

    /** Four groups of five characters that nobody confuses: 99 bits. */
    String generate() {
        return random.ints(20, 0, UNMISTAKABLE.length())
                .mapToObj(UNMISTAKABLE::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceAll("(.{5})(?!$)", "$1-");
    }
}
