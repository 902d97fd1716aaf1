package dev.kontor.privacy.vault;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.JsonNode;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.vault.DepositKeys.Opened;
import dev.kontor.privacy.words.BlindWords;

/** {@link Vault} in PostgreSQL, with the buyers' keys in a tree outside of it. */
@Service
class EncryptedVault implements Vault {

    private final Intake intake;
    private final References references;
    private final Deposits deposits;
    private final DepositKeys keys;
    private final BlindWords words;
    private final RestoredCopies restoredCopies;
    private final Erasure erasure;
    private final Retention retention;

    EncryptedVault(
            Intake intake,
            References references,
            Deposits deposits,
            DepositKeys keys,
            BlindWords words,
            RestoredCopies restoredCopies,
            Erasure erasure,
            Retention retention) {
        this.intake = intake;
        this.references = references;
        this.deposits = deposits;
        this.keys = keys;
        this.words = words;
        this.restoredCopies = restoredCopies;
        this.erasure = erasure;
        this.retention = retention;
    }

    @Override
    @Transactional
    public List<Receipt> deposit(List<Deposit> batch) {
        return batch.isEmpty() ? List.of() : intake.take(batch);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(UUID document, int version, Map<String, JsonNode> values) {
        deposits.hold(document, version); // of two who add at once the second finds what the first has added
        var known = keys.known();
        for (var opened : keys.open(known, deposits.sealed(Map.of(document, version)))) {
            var leaf = opened.sealed().leaf();
            var newest = known.newest();
            var key = newest.keys().keys(List.of(leaf)).get(leaf);
            if (key != null) {
                var all = new HashMap<>(opened.values());
                all.putAll(values);
                try (var seal = new Seal()) {
                    deposits.reseal(document, version, seal.seal(key, document, version, all), newest.number());
                }
            }
        }
    }

    @Override
    public byte[] fingerprint(Map<String, JsonNode> values) {
        return references.fingerprint(values);
    }

    @Override
    public Optional<Map<String, JsonNode>> open(UUID document, int version) {
        return Optional.ofNullable(openAll(Map.of(document, version)).get(document));
    }

    @Override
    public Map<UUID, Map<String, JsonNode>> openAll(Map<UUID, Integer> versions) {
        return keys.open(keys.known(), deposits.sealed(versions)).stream()
                .collect(Collectors.toMap(it -> it.sealed().document(), Opened::values));
    }

    @Override
    public Set<Long> words(Collection<String> texts) {
        return words.of(texts);
    }

    @Override
    public Set<Long> whole(String text) {
        return words.wanted(text);
    }

    @Override
    public Set<Long> query(String query) {
        restoredCopies.look();
        return words.wanted(query);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(Collection<UUID> documents) {
        deposits.withdraw(documents);
    }

    @Override
    @Transactional(propagation = Propagation.NEVER)
    public boolean erase(BuyerId buyer) {
        return erasure.erase(buyer, null);
    }

    @Override
    public List<UUID> documents(BuyerId buyer, UUID after, int most) {
        return deposits.documents(buyer, after, most);
    }

    @Override
    @Transactional
    public void keepFor(UUID account, String marketplace, @Nullable Duration declared) {
        retention.keep(account, marketplace, declared);
    }
}
