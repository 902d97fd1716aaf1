package dev.kontor.privacy.vault;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.vault.Buyers.Claim;
import dev.kontor.privacy.vault.Buyers.Claimed;
import dev.kontor.privacy.vault.ErasureProof.Reason;

/** Finds the buyers of a batch, or makes them, each with a key that exists. */
@Component
class Holders {

    private final Buyers buyers;
    private final Erasures erasures;
    private final KeyFile<BuyerKeys> file;

    Holders(Buyers buyers, Erasures erasures, KeyFile<BuyerKeys> file) {
        this.buyers = buyers;
        this.erasures = erasures;
        this.file = file;
    }

    /** @param reference as {@link References} gives it */
    record Holder(UUID account, UUID reference) {}

    Map<Holder, Claimed> of(Map<Holder, Instant> wanted, Shelves.Used shelves, Instant now) {
        var claims = wanted.entrySet().stream()
                .map(it ->
                        claim(it.getKey(), it.getValue(), shelves.of(it.getKey().account()), now))
                .toList();
        var claimed = claim(claims);
        var dead = claimed.values().stream().filter(it -> !isAlive(it)).toList();
        if (!dead.isEmpty()) {
            claimed.putAll(replace(dead, shelves, now));
        }
        return claimed;
    }

    /** A database put back from an older copy names buyers whose keys were destroyed since: they stay dead. */
    private Map<Holder, Claimed> replace(List<Claimed> dead, Shelves.Used shelves, Instant now) {
        erasures.condemn(dead.stream().map(it -> it.id().value()).toList(), Erasures.EVER, Reason.RESTORED_COPY);
        var successors = claim(dead.stream()
                .map(it -> new Claim(
                        UUID.randomUUID(),
                        it.account(),
                        it.reference(),
                        shelves.of(it.account()).first(Shelf.day(now)), // where nothing was ever closed
                        it.relevantAt()))
                .toList());
        for (var successor : successors.values()) {
            if (!isAlive(successor)) {
                throw new IllegalStateException(
                        "there is no key for the new buyer " + successor.id().value());
            }
        }
        return successors;
    }

    private boolean isAlive(Claimed buyer) {
        return file.keys().tree().covers(buyer.leaf());
    }

    private static Claim claim(Holder holder, Instant relevantAt, Shelf shelf, Instant now) {
        return new Claim(
                UUID.randomUUID(), holder.account(), holder.reference(), shelf.place(relevantAt, now), relevantAt);
    }

    private Map<Holder, Claimed> claim(Collection<Claim> claims) {
        return buyers.claim(List.copyOf(claims)).stream()
                .collect(Collectors.toMap(
                        it -> new Holder(it.account(), it.reference()), it -> it, (one, other) -> other, HashMap::new));
    }
}
