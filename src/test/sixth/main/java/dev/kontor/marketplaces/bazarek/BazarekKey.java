package dev.kontor.marketplaces.bazarek;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.StaticKey;

/** Permission by the key that a shop shows its owner. */
@SecondaryAdapter
@Component
class BazarekKey implements StaticKey {

    static final String KEY = "shopKey";

    @Override
    public List<Field> fields() {
        return List.of(new Field(KEY, true, "bzk-[a-z-]{4,60}", "must be a key of Bazarek, which begins with bzk-"));
    }

    @Override
    public Answer<Credentials> obtain(UUID account, Map<String, String> entered) {
        return new Answer.Ok<>(new Credentials(entered, null));
    }
}
