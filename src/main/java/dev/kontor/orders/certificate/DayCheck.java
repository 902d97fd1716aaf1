package dev.kontor.orders.certificate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.archive.Stored;

/** What is found out while a day is checked. */
class DayCheck {

    private final TreeSet<String> listed = new TreeSet<>();
    private final TreeSet<String> unreadable = new TreeSet<>();
    private int refreshed;
    private int unexplained;

    void listed(String id) {
        listed.add(id);
    }

    void unreadable(UnreadableRecord bad) {
        var id = bad.externalId();
        unreadable.add(id == null ? "without id " + unreadable.size() : id);
        if (id != null) {
            listed.add(id);
        }
    }

    void refreshed(Stored stored) {
        refreshed += stored.changed();
    }

    void unexplained(int count) {
        unexplained += count;
    }

    TreeSet<String> listed() {
        return listed;
    }

    int refreshed() {
        return refreshed;
    }

    int unreadable() {
        return unreadable.size();
    }

    int unexplained() {
        return unexplained;
    }

    String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            listed.forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
