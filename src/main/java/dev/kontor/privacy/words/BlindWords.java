package dev.kontor.privacy.words;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import javax.crypto.Mac;

import org.springframework.stereotype.Component;

import dev.kontor.privacy.keys.IndexKey;
import dev.kontor.privacy.keys.KeyFile;

/** Words as keyed hashes: the first eight bytes of an HMAC-SHA256. Equal words have equal hashes and that is all. */
@Component
public class BlindWords {

    private final Mac prototype;

    BlindWords(KeyFile<IndexKey> key) {
        this.prototype = key.keys().hash("words");
    }

    public Set<Long> of(Collection<String> texts) {
        var words = new HashSet<String>();
        texts.forEach(text -> words.addAll(Words.of(text)));
        return hashed(words);
    }

    public Set<Long> wanted(String query) {
        return hashed(Words.wanted(query));
    }

    private Set<Long> hashed(Collection<String> words) {
        var mac = copy();
        var hashes = HashSet.<Long>newHashSet(words.size());
        for (var word : words) {
            hashes.add(ByteBuffer.wrap(mac.doFinal(word.getBytes(StandardCharsets.UTF_8)))
                    .getLong());
        }
        return hashes;
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone(); // saves the look-up of the algorithm and the set-up of the key
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
