package dev.kontor.marketplaces.wix;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.StaticKey;

/** Permission by a key that the owner of a site makes for himself. */
@SecondaryAdapter
@Component
class WixApiKey implements StaticKey {

    @Override
    public List<Field> fields() {
        return List.of(
                new Field(WixCredentials.KEY, true, "[!-~]{10,4000}", "must be an API key of Wix"),
                new Field(WixCredentials.SITE, false, WixApp.GUID, "must be the id of the site, a GUID"));
    }

    @Override
    public Answer<Credentials> obtain(UUID account, Map<String, String> entered) {
        return new Answer.Ok<>(new Credentials(entered, null));
    }
}
