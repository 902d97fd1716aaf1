package dev.kontor.access.users;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.Role;
import dev.kontor.access.factors.SecondFactor;
import dev.kontor.access.files.AccessProperties;
import dev.kontor.access.files.SecretFile;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/**
 * The first user. The first start on a database creates it, with a password that is generated or prescribed by the
 * settings; prescribing another one is also the way back in when the password is lost, or the device that shows codes.
 */
@Component
public class Administrator implements SmartInitializingSingleton {

    static final String NAME = "administrator";

    private static final Logger log = LoggerFactory.getLogger(Administrator.class);

    private final Users users;
    private final Passwords passwords;
    private final SecondFactor factor;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final SecretFile file;
    private final Clock clock;
    private final @Nullable String prescribed;
    private final AuditLog audit;
    private @Nullable String generated;

    Administrator(
            Users users,
            Passwords passwords,
            SecondFactor factor,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            AccessProperties properties,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.users = users;
        this.passwords = passwords;
        this.factor = factor;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
        this.file = new SecretFile(properties.data().resolve("administrator-password"));
        var password = properties.administrator().password();
        this.prescribed = password == null || password.isEmpty() ? null : password;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (prescribed == null) {
            transaction.executeWithoutResult(_ -> createWithGeneratedPassword());
        } else {
            transaction.executeWithoutResult(_ -> prescribe(acceptable(prescribed)));
        }
        if (!hasGeneratedPassword()) {
            file.delete(); // another instance may have been told the new password
        }
    }

    /** Where the generated password can be read, as long as it is the administrator's. */
    public Optional<SecretFile> passwordFile() {
        return Optional.of(file).filter(SecretFile::exists);
    }

    public void passwordChanged(User user) {
        if (user.name().equals(NAME)) {
            file.delete();
        }
    }

    /** The generated password, for the one time that it is shown. */
    Optional<String> takeGeneratedPassword() {
        var password = Optional.ofNullable(generated);
        generated = null;
        return password;
    }

    private boolean hasGeneratedPassword() {
        return users.find(NAME).map(User::generatedPassword).orElse(false);
    }

    private void createWithGeneratedPassword() {
        if (users.find(NAME).isPresent()) {
            return;
        }
        var password = passwords.generate();
        if (users.addIfAbsent(administrator(passwords.hash(password), true))) {
            file.write(password + System.lineSeparator()); // before the commit: a password nobody can know is worse
            generated = password;
            told("user.created");
        }
    }

    private void prescribe(String password) {
        var existing = users.find(NAME);
        if (existing.isEmpty() && users.addIfAbsent(administrator(passwords.hash(password), false))) {
            told("user.created");
            return;
        }
        users.find(NAME)
                .filter(user -> user.presetHash() == null || !passwords.matches(password, user.presetHash()))
                .ifPresent(user -> {
                    users.prescribePassword(user.id(), passwords.hash(password));
                    factor.remove(user.id());
                    events.publishEvent(new PasswordReset(user.id()));
                    told("password.prescribed");
                    log.warn("The administrator's password was reset to the one in the settings");
                });
    }

    private void told(String action) {
        users.find(NAME)
                .ifPresent(user -> audit.record(Act.of(action, "user", user.id())
                        .label("name", NAME)
                        .field("role", user.role())
                        .hidden("password")));
    }

    private User administrator(String hash, boolean generated) {
        return new User(
                UUID.randomUUID(),
                NAME,
                Role.ADMINISTRATOR,
                true,
                hash,
                generated,
                generated ? null : hash,
                clock.instant(),
                1);
    }

    private static String acceptable(String password) {
        if (password.length() < Passwords.MINIMUM_LENGTH || password.length() > Passwords.MAXIMUM_LENGTH) {
            throw new InvalidConfigurationPropertyValueException(
                    "kontor.administrator.password",
                    "(hidden)",
                    "KONTOR_ADMINISTRATOR_PASSWORD must have " + Passwords.MINIMUM_LENGTH + " to "
                            + Passwords.MAXIMUM_LENGTH + " characters.");
        }
        return password;
    }
}
