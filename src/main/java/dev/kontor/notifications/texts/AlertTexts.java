package dev.kontor.notifications.texts;

import java.util.Locale;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts;
import dev.kontor.inventory.Skus;

/**
 * What alerts say. The sentences are in {@code messages/alerts*.properties}: for each kind a title and a text, in which
 * <code>{inARow}</code> stands for that fact, <code>{account}</code> for the name that the seller gave to the account, and
 * <code>{item}</code> for the SKU.
 */
@Component
public class AlertTexts {

    private final Accounts accounts;
    private final Skus skus;

    AlertTexts(Accounts accounts, Skus skus) {
        this.accounts = accounts;
        this.skus = skus;
    }

    /** For one answer: names are looked up once, as they are now. */
    public Speech in(Locale language) {
        return new Speech(language, accounts, skus);
    }
}
