package dev.kontor.access.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * The keys of access tokens. The newest one signs; one that was replaced is good until the last token that it may have
 * signed has ended. All instances have the same ones, and look again when a token names a key that they do not know.
 */
@Service
public class SigningKeys {

    /** How long an instance may go on signing with a key that another one has replaced. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private static final Duration USABLE = AccessTokens.LIFETIME.plus(MEMORY).plus(AccessTokens.LEEWAY);

    private final SigningKeyStore store;
    private final Clock clock;
    private volatile Known known;

    private record Known(List<SigningKey> newestFirst, Instant at) {}

    /** @param signs whether it is the one that signs */
    public record KeyInfo(String id, boolean signs, Instant createdAt) {}

    SigningKeys(SigningKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        store.renew(newest -> newest.isEmpty(), USABLE);
        this.known = look();
    }

    /** Each that some token may be signed with, newest first. */
    public List<KeyInfo> list() {
        var keys = good(look());
        return keys.stream()
                .map(key -> new KeyInfo(key.id(), key.equals(keys.getFirst()), key.createdAt()))
                .toList();
    }

    /** What anybody needs to see that a token is Kontor's. */
    public JWKSet published() {
        return set(good(present())).toPublicJWKSet();
    }

    /** From now on a new key signs. */
    public List<KeyInfo> rotate() {
        store.renew(_ -> true, USABLE);
        known = look();
        return list();
    }

    /** The same, where the present one has signed for so long. */
    void rotateAfter(Duration age) {
        var due = clock.instant().minus(age);
        store.renew(newest -> newest.filter(key -> key.createdAt().isAfter(due)).isEmpty(), USABLE);
        known = look();
    }

    JWKSet signing() {
        return set(List.of(present().newestFirst().getFirst()));
    }

    JWKSet verifying() {
        return set(good(present()));
    }

    /** Whether a key of this id is among those that verify. */
    boolean verify(@Nullable Object id) {
        return good(present()).stream().anyMatch(key -> key.id().equals(id));
    }

    /** As another instance may have changed them a moment ago. */
    JWKSet latest() {
        known = look();
        return verifying();
    }

    private Known present() {
        var seen = known;
        if (seen.at().plus(MEMORY).isAfter(clock.instant())) {
            return seen;
        }
        var fresh = look();
        known = fresh;
        return fresh;
    }

    private Known look() {
        var now = clock.instant();
        return new Known(store.newestFirst(), now);
    }

    private List<SigningKey> good(Known seen) {
        var keys = seen.newestFirst();
        var earliest = clock.instant().minus(USABLE);
        return IntStream.range(0, keys.size())
                .filter(index -> index == 0 || keys.get(index - 1).createdAt().isAfter(earliest))
                .mapToObj(keys::get)
                .toList();
    }

    private static JWKSet set(List<SigningKey> keys) {
        return new JWKSet(keys.stream().map(key -> (JWK) key.key()).toList());
    }
}
