package dev.kontor.privacy.vault;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.JsonNode;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.vault.Deposits.Sealed;
import dev.kontor.privacy.words.BlindWords;

/** {@link Vault} in PostgreSQL, with the buyers' keys in a tree outside of it. */
@Service
class EncryptedVault implements Vault {

    private static final Logger log = LoggerFactory.getLogger(EncryptedVault.class);

    private final Intake intake;
    private final References references;
    private final Deposits deposits;
    private final KeyFile<BuyerKeys> file;
    private final BlindWords words;
    private final RestoredCopies restoredCopies;
    private final Erasure erasure;
    private final Retention retention;

    EncryptedVault(
            Intake intake,
            References references,
            Deposits deposits,
            KeyFile<BuyerKeys> file,
            BlindWords words,
            RestoredCopies restoredCopies,
            Erasure erasure,
            Retention retention) {
        this.intake = intake;
        this.references = references;
        this.deposits = deposits;
        this.file = file;
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
        for (var sealed : deposits.sealed(Map.of(document, version))) {
            var key = file.keys().tree().keys(List.of(sealed.leaf())).get(sealed.leaf());
            if (key != null) {
                add(key, sealed, values);
            }
        }
    }

    private void add(byte[] key, Sealed sealed, Map<String, JsonNode> values) {
        var known = open(key, sealed);
        if (known != null) {
            var all = new HashMap<>(known);
            all.putAll(values);
            try (var seal = new Seal()) {
                var resealed = seal.seal(key, sealed.document(), sealed.version(), all);
                deposits.reseal(sealed.document(), sealed.version(), resealed);
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
        var sealed = deposits.sealed(versions);
        var keys = file.keys().tree().keys(sealed.stream().map(Sealed::leaf).toList());
        var opened = HashMap.<UUID, Map<String, JsonNode>>newHashMap(sealed.size());
        for (var it : sealed) {
            var key = keys.get(it.leaf());
            var values = key == null ? null : open(key, it);
            if (values != null) {
                opened.put(it.document(), values);
            }
        }
        return opened;
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

    /** One damaged row must not hide a whole list. */
    static @Nullable Map<String, JsonNode> open(byte[] key, Sealed sealed) {
        try {
            return Seal.open(key, sealed.document(), sealed.version(), sealed.ciphertext());
        } catch (GeneralSecurityException e) {
            log.error(
                    "Version {} of document {} is damaged: the personal data in it cannot be read",
                    sealed.version(),
                    sealed.document());
            return null;
        }
    }
}
