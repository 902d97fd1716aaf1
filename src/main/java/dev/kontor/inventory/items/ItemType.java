package dev.kontor.inventory.items;

public enum ItemType {
    SIMPLE,
    /** One of several of a kind, such as a size or a colour. */
    VARIANT,
    /** Consists of other items, and is there where all of its parts are. */
    BUNDLE,
    MADE_TO_ORDER,
    DIGITAL;

    /** Whether there can be a number of them on a shelf. */
    public boolean stocked() {
        return this == SIMPLE || this == VARIANT;
    }
}
