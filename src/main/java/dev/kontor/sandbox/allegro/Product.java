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

    static Product of(long seed, int index) {
        var dice = Dice.of(seed, "product", index);
        var name = dice.pick(GOODS) + " " + dice.pick(VARIANTS);
        return new Product(
                Long.toString(15_000_000_001L + index * 7L),
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
