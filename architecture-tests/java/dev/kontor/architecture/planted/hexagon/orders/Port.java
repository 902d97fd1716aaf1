package dev.kontor.architecture.planted.hexagon.orders;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** A port that knows its adapter. */
@SecondaryPort
interface Port {
    Adapter adapter();
}
