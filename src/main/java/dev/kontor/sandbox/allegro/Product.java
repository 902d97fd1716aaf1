package dev.kontor.sandbox.allegro;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;

/** An offer of the seller's catalog; prices in grosz. */
record Product(String offerId, String name, @Nullable String sku, UUID productId, long price, String taxRate) {

    private static final List<String> GOODS = List.of(
            "Kubek ceramiczny",
            "Lampka nocna LED",
            "Żółty parasol składany",
            "Skarpetki męskie bambusowe",
            "Uchwyt na telefon",
            "Wkręty do drewna 4,0×40 mm",
            "Świeca sojowa",
            "Etui na iPhone",
            "Półka ścienna dębowa",
            "Ładowarka USB-C",
            "Zestaw kluczy imbusowych",
            "Ręcznik kąpielowy",
            "Figurka drukowana 3D",
            "Pojemnik na żywność");

    private static final List<String> VARIANTS = List.of(
            "330 ml",
            "\"PREMIUM\" 2 szt.",
            "rozm. 39; kolor: czarny",
            "10\" / 25,4 cm",
            "=2+1 GRATIS",
            "500 g; waga netto",
            "d=8mm, l=120mm",
            "@home | edycja 'zimowa'",
            "+etui",
            "XXL",
            "ściereczka <mikrofibra> & płyn");

    private static final long FIRST_OFFER = 15_000_000_001L;
    private static final long STEP = 7;

    /** -1 for an id that is no offer of this seller. */
    static int indexOf(String offerId) {
        try {
            var distance = Long.parseLong(offerId) - FIRST_OFFER;
            return distance < 0 || distance % STEP != 0 || distance / STEP > Integer.MAX_VALUE
                    ? -1
                    : (int) (distance / STEP);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Thirteen digits of which the last checks the others. */
    String ean() {
        var digits = "590%09d".formatted(Math.floorMod(Dice.mix(indexOf(offerId)), 1_000_000_000L));
        var sum = 0;
        for (var i = 0; i < 12; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }

    static Product of(long seed, int index) {
        var dice = Dice.of(seed, "product", index);
        var name = dice.pick(GOODS) + " " + dice.pick(VARIANTS);
        return new Product(
                Long.toString(FIRST_OFFER + index * STEP),
                name,
                sku(dice, index),
                Dice.uuid(seed, "catalog product", index),
                dice.chance(0.1) ? dice.between(100, 999) * 100L : dice.between(499, 14_999),
                dice.chance(0.85) ? "23.00" : dice.chance(0.6) ? "8.00" : "5.00");
    }

    /** Sellers' own numbers come in every shape; some start with zeros, some offers have none. */
    private static @Nullable String sku(Dice dice, int index) {
        return switch (dice.below(10)) {
            case 0, 1, 2 -> "%06d".formatted(index * 13 + 7);
            case 3 -> "00%d/%d".formatted(index, dice.between(1, 99));
            case 4 -> "Łódź-%d".formatted(index);
            case 5 -> dice.chance(0.4) ? null : "5901234%06d".formatted(index);
            default -> "SKU-%d".formatted(index);
        };
    }
}
