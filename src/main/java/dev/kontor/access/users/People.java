package dev.kontor.access.users;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.access.attempts.Attempts;
import dev.kontor.access.attempts.KnownPlaces;
import dev.kontor.access.attempts.Place;
import dev.kontor.access.files.Secret;
import dev.kontor.api.Conflict;
import dev.kontor.api.Forbidden;
import dev.kontor.api.InvalidField;
import dev.kontor.api.LoginFailed;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.Actor;
import dev.kontor.audit.AuditLog;
import dev.kontor.audit.Origin;

/** Invites people, says what each may do, and lets those back in who lost their password. */
@Service
public class People {

    private final Users users;
    private final PasswordLinks links;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Administrator administrator;
    private final Attempts attempts;
    private final KnownPlaces places;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final AuditLog audit;

    People(
            Users users,
            PasswordLinks links,
            Passwords passwords,
            PasswordRules rules,
            Administrator administrator,
            Attempts attempts,
            KnownPlaces places,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.users = users;
        this.links = links;
        this.passwords = passwords;
        this.rules = rules;
        this.administrator = administrator;
        this.attempts = attempts;
        this.places = places;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** By which a person sets a password; the secret is seen here and nowhere else. */
    public record Invitation(User user, String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "Invitation[" + user + "]";
        }
    }

    @Transactional
    public Invitation invite(String name, Role role, Caller inviter) {
        requirePerson(inviter);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var user = new User(UUID.randomUUID(), name, role, true, null, false, null, now, 1);
        if (!users.addIfAbsent(user)) {
            throw new InvalidField("name", "is taken; names that differ in capitals only are the same");
        }
        audit.record(Act.of("user.invited", "user", user.id())
                .label("name", Actor.shown(name))
                .field("role", role));
        return invitation(user, inviter);
    }

    public List<User> list(Instant createdAt, UUID id, int limit) {
        return users.list(createdAt, id, limit);
    }

    public User get(UUID id) {
        return users.find(id).orElseThrow(() -> NotFound.of("user", id));
    }

    /**
     * Takes effect at once: a person who may not log in any more is logged out everywhere.
     *
     * @param seen refuses a version that is not the present one
     * @throws Conflict where nobody would be left who may do this
     */
    @Transactional
    public User change(UUID id, @Nullable Role role, @Nullable Boolean enabled, LongConsumer seen) {
        var locked = users.lockAdministratorsAnd(id);
        var user = locked.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> NotFound.of("user", id));
        seen.accept(user.version());
        var newRole = role == null ? user.role() : role;
        boolean mayLogIn = enabled == null ? user.enabled() : enabled;
        boolean administratorLeft = newRole == Role.ADMINISTRATOR && mayLogIn && user.passwordHash() != null
                || locked.stream().anyMatch(one -> !one.id().equals(id) && isWorkingAdministrator(one));
        if (!administratorLeft) {
            throw new Conflict("last-administrator", "Somebody must be left who is an administrator and can log in.");
        }
        users.change(id, newRole, mayLogIn);
        audit.record(Act.of("user.changed", "user", id)
                .field("role", user.role(), newRole)
                .field("enabled", user.enabled(), mayLogIn));
        if (!mayLogIn) {
            links.forget(id);
        }
        events.publishEvent(new RightsChanged(id, mayLogIn));
        return get(id);
    }

    private static boolean isWorkingAdministrator(User user) {
        return user.role() == Role.ADMINISTRATOR && user.enabled() && user.passwordHash() != null;
    }

    /** The present password works until the link is used; an earlier link does not any more. */
    @Transactional
    public Invitation linkFor(UUID id, Caller creator) {
        requirePerson(creator);
        var user = get(id);
        if (!user.enabled()) {
            throw new Conflict("This user may not log in; enable the user first.");
        }
        audit.record(Act.of("password-link.made", "user", id).hidden("link"));
        return invitation(user, creator);
    }

    private Invitation invitation(User user, Caller creator) {
        var link = links.make(user.id(), creator.id());
        return new Invitation(user, link.secret().text(), link.expiresAt());
    }

    private static void requirePerson(Caller caller) {
        if (caller.kind() != Caller.Kind.PERSON) {
            throw new Forbidden("Only a person invites people: a key that leaked could let itself in.");
        }
    }

    /**
     * What a link is for; every session of its owner ends. Where it is used its owner is known from then on, so that it also
     * helps somebody whom others lock out with what they try. Not called inside a transaction.
     */
    public void setPassword(String secret, String password, Place place) {
        var link = new Secret(secret);
        var user = attempts.secret(
                        place, () -> links.owner(link).flatMap(users::find).filter(User::enabled))
                .orElseThrow(People::useless);
        rules.check("password", user.name(), password);
        var hash = passwords.hash(password);
        var owner = Actor.person(user.id(), user.name());
        Origin.run(
                owner,
                () -> transaction.executeWithoutResult(_ -> {
                    if (!links.use(link)) {
                        throw useless();
                    }
                    users.changePassword(user.id(), hash);
                    places.remember(user.id(), place);
                    events.publishEvent(new PasswordReset(user.id()));
                    audit.record(Act.of("password.set", "user", user.id()).hidden("password"));
                }));
        administrator.passwordChanged(user);
    }

    private static LoginFailed useless() {
        return new LoginFailed("The link is unknown, used or expired; ask for another one.");
    }
}
