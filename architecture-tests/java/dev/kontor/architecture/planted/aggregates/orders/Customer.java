package dev.kontor.architecture.planted.aggregates.orders;

import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;

@AggregateRoot
class Customer {
    @Identity
    String id;
}
