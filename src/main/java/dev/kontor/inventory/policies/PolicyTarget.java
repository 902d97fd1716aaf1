package dev.kontor.inventory.policies;

import java.util.UUID;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Policy.Level;

/** Whose policy is meant. */
public record PolicyTarget(Level level, UUID subject) {

    public static final PolicyTarget DEFAULT = new PolicyTarget(Level.DEFAULT, new UUID(0, 0));

    public static PolicyTarget of(ItemId item) {
        return new PolicyTarget(Level.ITEM, item.value());
    }

    public static PolicyTarget of(AccountId account) {
        return new PolicyTarget(Level.ACCOUNT, account.value());
    }

    public static PolicyTarget of(ListingId listing) {
        return new PolicyTarget(Level.LISTING, listing.value());
    }

    /** A condition on {@code inventory.listings l} with the subject as its parameter {@code :subject}. */
    String listings() {
        return switch (level) {
            case DEFAULT -> "l.item is not null and cast(:subject as uuid) is not null";
            case ITEM -> "l.item = :subject";
            case ACCOUNT -> "l.account = :subject and l.item is not null";
            case LISTING -> "l.id = :subject";
        };
    }
}
