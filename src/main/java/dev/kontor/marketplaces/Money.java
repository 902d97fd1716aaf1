package dev.kontor.marketplaces;

import java.math.BigDecimal;

/** @param currency ISO 4217, three upper-case letters */
public record Money(BigDecimal amount, String currency) {

    public Money {
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("not a currency: " + currency);
        }
    }
}
