package dev.kontor;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Says in one sentence, before Spring Boot says it in many, which setting keeps Kontor from starting. */
abstract class SentenceAnalyzer<T extends Throwable> extends AbstractFailureAnalyzer<T> implements Ordered {

    /** The sentence, which quotes no value, for it may be a secret; null where the failure has another reason. */
    abstract @Nullable String sentence(Throwable rootFailure, T cause);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, T cause) {
        var sentence = sentence(rootFailure, cause);
        return sentence == null ? null : new FailureAnalysis(sentence, null, cause);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
