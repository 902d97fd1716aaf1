package dev.kontor.marketplaces.exchange;

/**
 * What a marketplace permits one of its users or applications to call.
 *
 * @param name a word for the group of operations that share the limit, as in {@code kontor.exchange.limits}
 * @param owner whose limit it is: the id of the application, or of the account
 * @param limit what the adapter declares; configuration may say otherwise
 * @param cost how much of it the call uses, where a limit counts something else than calls
 */
public record Budget(String name, String owner, Limit limit, long cost) {

    public Budget(String name, String owner, Limit limit) {
        this(name, owner, limit, 1);
    }
}
