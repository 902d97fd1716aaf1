package dev.kontor.inventory;

import java.util.Optional;

/** What other modules may call an item, when they tell people of it. */
public interface Skus {

    Optional<String> of(ItemId item);
}
