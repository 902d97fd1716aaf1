package dev.kontor.access.sessions;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.kontor.access.attempts.Attempts;
import dev.kontor.access.attempts.KnownPlaces;
import dev.kontor.access.attempts.Place;
import dev.kontor.access.factors.SecondFactor;
import dev.kontor.access.files.Secret;
import dev.kontor.access.users.PasswordReset;
import dev.kontor.access.users.Passwords;
import dev.kontor.access.users.RightsChanged;
import dev.kontor.access.users.User;
import dev.kontor.access.users.Users;
import dev.kontor.api.NotFound;
import dev.kontor.api.SecondFactorRequired;
import dev.kontor.api.TooManyRequests;
import dev.kontor.audit.Act;
import dev.kontor.audit.Actor;
import dev.kontor.audit.AuditLog;
import dev.kontor.audit.Origin;

/** Begins, continues and ends sessions. */
@Service
public class Login {

    private static final Logger log = LoggerFactory.getLogger(Login.class);

    private final Users users;
    private final Passwords passwords;
    private final SecondFactor factor;
    private final Attempts attempts;
    private final KnownPlaces places;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final SessionCheck check;
    private final JwtEncoder encoder;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AuditLog audit;

    Login(
            Users users,
            Passwords passwords,
            SecondFactor factor,
            Attempts attempts,
            KnownPlaces places,
            Sessions sessions,
            RefreshTokens refreshTokens,
            SessionCheck check,
            JwtEncoder encoder,
            TransactionOperations transaction,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.users = users;
        this.passwords = passwords;
        this.factor = factor;
        this.attempts = attempts;
        this.places = places;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.check = check;
        this.encoder = encoder;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Empty where something of it is wrong.
     *
     * @throws SecondFactorRequired where all that is missing is a code
     * @throws TooManyRequests where too much was wrong of late
     */
    public Optional<Tokens> login(String name, String password, @Nullable String code, Device device) {
        return passwords
                .check(name, password, device.place())
                .filter(user -> passesSecondFactor(user.id(), code, device.place()))
                .flatMap(user -> transaction.execute(_ -> opened(user, device)));
    }

    private boolean passesSecondFactor(UUID user, @Nullable String code, Place place) {
        if (!factor.isWanted(user)) {
            return true;
        }
        if (code == null) {
            throw new SecondFactorRequired();
        }
        return factor.passes(user, code, place);
    }

    private Optional<Tokens> opened(User user, Device device) {
        if (!users.mayStillLogIn(user)) {
            return Optional.empty();
        }
        places.remember(user.id(), device.place());
        var session = sessions.open(user.id(), device);
        Origin.run(
                Actor.person(user.id(), user.name()), () -> audit.record(Act.of("session.opened", "session", session)));
        return Optional.of(tokens(session, user.id()));
    }

    /** A refresh token that comes a second time was copied by somebody, so its session ends for both. */
    public Optional<Tokens> refresh(String refreshToken, Device device) {
        var token = new Secret(refreshToken);
        return attempts.secret(device.place(), () -> transaction.execute(_ -> continued(token, device)));
    }

    private Optional<Tokens> continued(Secret token, Device device) {
        var session = refreshTokens.use(token);
        if (session.isEmpty()) {
            refreshTokens.sessionOf(token).ifPresent(this::endBecauseOfReuse);
            return Optional.empty();
        }
        return session.flatMap(sessions::findLive).map(live -> {
            sessions.prolong(live.id(), device);
            places.remember(live.userId(), device.place());
            return tokens(live.id(), live.userId());
        });
    }

    public void logout(UUID session) {
        transaction.executeWithoutResult(_ -> {
            sessions.end(session);
            audit.record(Act.of("session.ended", "session", session));
        });
        check.forget(session);
    }

    /** Where a user may continue; the one that was used last first. */
    public List<Session> sessions(UUID user) {
        return sessions.liveOf(user);
    }

    /** @throws NotFound where the user has no such session, or it is over */
    public void end(UUID session, UUID user) {
        transaction.executeWithoutResult(_ -> {
            if (!sessions.end(session, user)) {
                throw NotFound.of("session", session);
            }
            audit.record(Act.of("session.ended", "session", session).field("user", user));
        });
        check.forget(session);
    }

    public void endAll(UUID user) {
        transaction.executeWithoutResult(_ -> {
            sessions.endAllOf(user);
            audit.record(Act.of("sessions.ended", "user", user));
        });
        check.forgetAll();
    }

    @EventListener
    void on(PasswordReset event) {
        sessions.endAllOf(event.user());
        forgetAfterCommit();
    }

    @EventListener
    void on(RightsChanged event) {
        if (!event.mayLogIn()) {
            sessions.endAllOf(event.user());
        }
        forgetAfterCommit();
    }

    /** Before it, the old state would be learnt again. */
    private void forgetAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                check.forgetAll();
            }
        });
    }

    private void endBecauseOfReuse(UUID session) {
        log.warn("A refresh token of session {} was used twice; the session is ended", session);
        logout(session);
    }

    private Tokens tokens(UUID session, UUID user) {
        var access = encoder.encode(AccessTokens.of(session, user, clock)).getTokenValue();
        return new Tokens(access, AccessTokens.LIFETIME.toSeconds(), refreshTokens.issue(session));
    }
}
