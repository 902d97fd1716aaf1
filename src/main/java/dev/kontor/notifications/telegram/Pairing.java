package dev.kontor.notifications.telegram;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.access.Caller;
import dev.kontor.access.Persons;
import dev.kontor.access.Role;
import dev.kontor.api.Conflict;
import dev.kontor.api.Forbidden;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.Actor;
import dev.kontor.audit.AuditLog;
import dev.kontor.audit.Origin;

import static java.time.ZoneOffset.UTC;

/** Lets a chat act as a person who has shown there what only he was told. */
@Component
public class Pairing {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final String UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 12;

    private final JdbcClient jdbc;
    private final Chats chats;
    private final Persons persons;
    private final AuditLog audit;
    private final TelegramProperties properties;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Pairing(JdbcClient jdbc, Chats chats, Persons persons, AuditLog audit, TelegramProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.chats = chats;
        this.persons = persons;
        this.audit = audit;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param code to be sent to the bot; it is seen here and nowhere else */
    public record Offer(String code, Instant expiresAt) {
        @Override
        public String toString() {
            return "Offer[expiresAt=" + expiresAt + "]";
        }
    }

    /** An earlier code of the caller is worth nothing from now on. */
    @Transactional
    public Offer offer(Caller caller) {
        if (!properties.on()) {
            throw new Conflict("telegram-off", "There is no bot: set KONTOR_TELEGRAM_TOKEN and start Kontor again.");
        }
        requirePerson(caller);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var offer = new Offer(code(), now.plus(LIFETIME));
        jdbc.sql("delete from notifications.telegram_pairings where expires_at < ?")
                .param(now.atOffset(UTC))
                .update();
        jdbc.sql("""
                        insert into notifications.telegram_pairings (code, user_id, created_at, expires_at)
                        values (:code, :user, :now, :expiry)
                        on conflict (user_id) do update set code = excluded.code, created_at = excluded.created_at,
                          expires_at = excluded.expires_at, used_by = null""")
                .param("code", hash(offer.code()))
                .param("user", caller.id())
                .param("now", now.atOffset(UTC))
                .param("expiry", offer.expiresAt().atOffset(UTC))
                .update();
        audit.record(Act.of("telegram.pairing-offered", "user", caller.id()).hidden("code"));
        return offer;
    }

    /** Of two chats that show the code at the same moment one gets it; the same update may come again after a crash. */
    @Transactional
    public Optional<Chat> use(Incoming incoming, String code) {
        var user = jdbc.sql("""
                        update notifications.telegram_pairings set used_by = :update
                        where code = :code and expires_at > :now and (used_by is null or used_by = :update)
                        returning user_id""")
                .param("update", incoming.update())
                .param("code", hash(code))
                .param("now", clock.instant().atOffset(UTC))
                .query(UUID.class)
                .optional();
        return user.flatMap(persons::find)
                .map(person -> Origin.as(bot(person), () -> chats.pair(incoming, person.id())));
    }

    /** Those of the caller; an administrator sees all. */
    public List<Chat> chats(Caller caller) {
        requirePerson(caller);
        return caller.role() == Role.ADMINISTRATOR ? chats.all() : chats.of(caller.id());
    }

    /** The chat hears and does nothing any more. */
    @Transactional
    public void end(UUID id, Caller caller) {
        requirePerson(caller);
        var chat = chats.find(id)
                .filter(one -> one.user().equals(caller.id()) || caller.role() == Role.ADMINISTRATOR)
                .orElseThrow(() -> NotFound.of("Telegram chat", id));
        chats.unpair(chat);
    }

    private static void requirePerson(Caller caller) {
        if (caller.kind() != Caller.Kind.PERSON) {
            throw new Forbidden("A chat acts as a person, so only a person lets it.");
        }
    }

    static Actor bot(Caller person) {
        return new Actor(Actor.Kind.BOT, person.id().toString(), Actor.shown(person.name()));
    }

    private String code() {
        return random.ints(LENGTH, 0, UNMISTAKABLE.length())
                .mapToObj(UNMISTAKABLE::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** It has 59 bits and ten minutes: a slow hash would protect no better. */
    private static byte[] hash(String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(code.strip().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
