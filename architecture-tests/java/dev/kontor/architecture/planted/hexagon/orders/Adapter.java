package dev.kontor.architecture.planted.hexagon.orders;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

@SecondaryAdapter
class Adapter {}
