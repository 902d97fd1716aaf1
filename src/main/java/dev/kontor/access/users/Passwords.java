package dev.kontor.access.users;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** What a password must be, and whether one is right. */
@Component
public class Passwords {

    public static final int MINIMUM_LENGTH = 12;
    public static final int MAXIMUM_LENGTH = 256; // hashing takes longer the longer it is

    private static final String UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Users users;
    private final PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final SecureRandom random = new SecureRandom();
    private final String hashOfNobody = encoder.encode(generate());

    Passwords(Users users) {
        this.users = users;
    }

    /** The user who may log in so. Takes as long for a name that nobody has as for a wrong password. */
    public Optional<User> check(String name, String password) {
        var user = users.find(name).filter(found -> found.passwordHash() != null);
        var right = matches(password, user.map(User::passwordHash).orElse(hashOfNobody));
        return user.filter(found -> right && found.enabled());
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
