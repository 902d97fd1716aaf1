package dev.kontor.privacy;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/**
 * What a module keeps of buyers outside of the vault. Every module that does has a bean of this type: by it a buyer is
 * told everything, and by it an erasure reaches what the vault does not have.
 */
@SecondaryPort
public interface BuyerRecords {

    /**
     * A part of what is told to a buyer.
     *
     * @param rows hands on one row after another, each of which becomes an object of JSON; only so many are in memory as
     *     it takes
     */
    record Section(String name, BiConsumer<BuyerId, Consumer<Object>> rows) {}

    List<Section> sections();

    /** In the transaction that erases the buyer: deletes that by which he could be found, and says how many that were. */
    default long forget(BuyerId buyer) {
        return 0;
    }

    /** How much of that is there; none once he was erased. */
    default long traces(BuyerId buyer) {
        return 0;
    }
}
