package dev.kontor.sandbox.allegro;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;

/** Somebody who buys. Every one is invented. */
record Buyer(
        String id,
        String login,
        String email,
        String firstName,
        String lastName,
        @Nullable String company,
        String taxId,
        @Nullable String phone,
        boolean guest,
        Country country,
        String street,
        String city,
        String zipCode) {

    /** Where the buyer lives, which decides language, marketplace and currency. */
    enum Country {
        PL("pl-PL", "allegro-pl", "PLN", "+48"),
        CZ("cs-CZ", "allegro-cz", "CZK", "+420"),
        SK("sk-SK", "allegro-sk", "EUR", "+421");

        final String language;
        final String marketplace;
        final String currency;
        final String dialling;

        Country(String language, String marketplace, String currency, String dialling) {
            this.language = language;
            this.marketplace = marketplace;
            this.currency = currency;
            this.dialling = dialling;
        }
    }

    private static final List<String> FIRST = List.of(
            "Jan",
            "Zofia",
            "Łukasz",
            "Małgorzata",
            "Piotr",
            "Żaneta",
            "Stanisław",
            "Agnieszka",
            "Wojciech",
            "Ewa",
            "Grażyna",
            "Michał",
            "Śnieżana",
            "Paweł",
            "Jagoda");
    private static final List<String> LAST = List.of(
            "Nowak",
            "Wójcik",
            "Kowalczyk",
            "Źrebiec",
            "Dąbrowski",
            "Szczęsny",
            "Kamińska",
            "Brzęczyszczykiewicz",
            "Zielińska",
            "Gołąb",
            "Łęcki",
            "O'Connor",
            "Świątek-Małyska",
            "Müller");
    private static final List<String> STREETS = List.of(
            "Prosta",
            "Źródlana",
            "al. Jana Pawła II",
            "ul. Świętojańska",
            "Łąkowa",
            "os. Bolesława Chrobrego",
            "pl. Żołnierza Polskiego",
            "Krótka");
    private static final List<String> CITIES = List.of(
            "Poznań", "Łódź", "Gdańsk", "Kraków", "Warszawa", "Świnoujście", "Żywiec", "Bielsko-Biała", "Zamość");
    private static final List<String> COMPANIES = List.of(
            "Żuraw i Synowie sp. z o.o.",
            "P.H.U. \"Ślimak\" Jan Kowal",
            "Gęś & Kaczka s.c.",
            "Zakład Usługowy; Naprawy",
            "ACME Polska S.A.");
    private static final int[] TAX_WEIGHTS = {6, 5, 7, 2, 3, 4, 5, 6, 7};

    static Buyer of(long seed, int index) {
        var dice = Dice.of(seed, "buyer", index);
        var country = dice.chance(0.88) ? Country.PL : dice.chance(0.7) ? Country.CZ : Country.SK;
        var guest = dice.chance(0.12);
        var number = 55_000_000L + index * 3L + dice.below(3);
        var login = guest ? "Client:" + number : "kup_" + Long.toString(Dice.mix(seed + index) >>> 40, 36) + index;
        return new Buyer(
                Long.toString(number),
                login,
                "%s+%s@allegromail.pl".formatted(Long.toString(number, 36), Long.toString(Dice.mix(number) >>> 36, 36)),
                dice.pick(FIRST),
                dice.pick(LAST),
                dice.chance(0.15) ? dice.pick(COMPANIES) : null,
                taxId(dice),
                dice.chance(0.95) ? country.dialling + dice.between(500_000_000, 899_999_999) : null,
                guest,
                country,
                dice.pick(STREETS) + " " + dice.between(1, 180) + (dice.chance(0.3) ? "/" + dice.between(1, 60) : ""),
                dice.pick(CITIES),
                "%02d-%03d".formatted(dice.between(0, 99), dice.between(0, 999)));
    }

    /** Ten digits with a valid check digit, as a Polish NIP has. */
    private static String taxId(Dice dice) {
        while (true) {
            var digits = dice.between(101_000_000, 999_999_999);
            var text = Integer.toString(digits);
            var sum = 0;
            for (var i = 0; i < TAX_WEIGHTS.length; i++) {
                sum += TAX_WEIGHTS[i] * (text.charAt(i) - '0');
            }
            if (sum % 11 != 10) {
                return text + sum % 11;
            }
        }
    }

    /** An amount in the buyer's own money, from one in grosz. */
    long inOwnMoney(long grosz) {
        return switch (country) {
            case PL -> grosz;
            case CZ -> Math.max(100, grosz * 58 / 1000 * 100);
            case SK -> Math.max(1, grosz * 10 / 43);
        };
    }
}
