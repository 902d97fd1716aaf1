package dev.kontor.accounts;

import java.util.Collection;
import java.util.UUID;

/** Where those who act on a {@link HintReceived} say what came of it. */
public interface Hints {

    /** Joins the transaction in which the hints were acted on, if there is one. */
    void settled(Collection<UUID> deliveries);

    /** They are announced again later, some times. */
    void failed(Collection<UUID> deliveries, String reason);
}
