package dev.kontor.audit;

import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** Knows who makes the present request; whoever lets callers in implements it. */
@SecondaryPort
public interface PresentCaller {

    /** Empty where there is no request, or nobody has proven who it is. */
    Optional<Actor> find();
}
