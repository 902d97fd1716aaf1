package dev.kontor.marketplaces.exchange;

/** An answer is JSON but not what was to be expected. The message names the field and holds no value of it. */
public class UnreadableReply extends RuntimeException {

    public UnreadableReply(String message) {
        super(message, null, false, false);
    }
}
