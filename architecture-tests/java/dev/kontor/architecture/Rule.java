package dev.kontor.architecture;

import java.util.List;
import java.util.function.Function;

import com.tngtech.archunit.lang.ArchRule;

/**
 * One promise and the proof that it can be broken.
 *
 * @param planted the package under {@code planted} that breaks it
 * @param culprits simple names of the types there that the rule must accuse, and no others
 */
record Rule(String promise, Function<Root, ArchRule> on, String planted, List<String> culprits) {

    static Rule of(String promise, Function<Root, ArchRule> on, String planted, String... culprits) {
        return new Rule(promise, on, planted, List.of(culprits));
    }

    @Override
    public String toString() {
        return promise;
    }
}
