package dev.kontor.accounts.register;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.ConnectAccount;

/** The key that a client gave his request, with a hash of what he asked for. */
public record RequestKey(String key, byte[] hash) {

    /** The account that a key has made. */
    public record Use(AccountId account, RequestKey key) {}

    public static RequestKey of(String key, ConnectAccount command) {
        var entered = command.entered();
        var text = String.join(
                "\n",
                command.marketplace().value(),
                command.owner().toString(),
                command.name(),
                entered == null ? "" : entered.kind() + " " + entered.open());
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return new RequestKey(key, digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    public boolean sameRequestAs(RequestKey other) {
        return MessageDigest.isEqual(hash, other.hash);
    }
}
