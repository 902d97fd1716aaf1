package dev.kontor.marketplaces.amazon;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.StockWriter.Outcome;

/** By what Amazon was heard to have accepted a write; of one whose answer got lost there is none. */
sealed interface Ticket {

    String text();

    default Outcome accepted() {
        return new Outcome.Accepted(text());
    }

    /** Nothing can be asked with it, but that there is one says that the patch arrived. */
    record OfPatch(String submission) implements Ticket {
        @Override
        public String text() {
            return "patch:" + submission;
        }
    }

    /** @param numbering how its messages are numbered */
    record OfFeed(String feed, Numbering numbering) implements Ticket {
        @Override
        public String text() {
            return "feed:" + numbering.salt() + ":" + feed;
        }
    }

    static @Nullable Ticket of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var parts = text.split(":", 3);
        return parts[0].equals("feed")
                ? new OfFeed(parts[2], new Numbering(Integer.parseInt(parts[1])))
                : new OfPatch(text.substring(parts[0].length() + 1));
    }

    /**
     * Numbers the messages of a feed by what their SKUs say. A report names them by their numbers alone, and who asks what
     * became of a feed may ask for a part of it, in another order.
     */
    record Numbering(int salt) {

        /** With which no two of these have the same number. */
        static Numbering of(List<String> skus) {
            return IntStream.iterate(0, salt -> salt + 1)
                    .mapToObj(Numbering::new)
                    .filter(numbering ->
                            skus.stream().mapToInt(numbering::of).distinct().count() == skus.size())
                    .findFirst()
                    .orElseThrow();
        }

        /** From 1 up to the highest that Amazon takes. */
        int of(String sku) {
            var hash = UUID.nameUUIDFromBytes((salt + ":" + sku).getBytes(StandardCharsets.UTF_8));
            return 1 + (int) Math.floorMod(hash.getMostSignificantBits(), (long) Integer.MAX_VALUE);
        }
    }
}
