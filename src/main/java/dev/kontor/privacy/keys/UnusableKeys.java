package dev.kontor.privacy.keys;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The key files cannot be used, so Kontor does not start. The message is one sentence that names KONTOR_KEYS. */
public class UnusableKeys extends RuntimeException {

    UnusableKeys(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    UnusableKeys(String sentence) {
        this(sentence, null);
    }

    static class Analyzer extends AbstractFailureAnalyzer<UnusableKeys> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnusableKeys cause) {
            return new FailureAnalysis(cause.getMessage(), null, cause);
        }
    }
}
