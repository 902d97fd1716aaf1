package dev.kontor;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A setting is missing or wrong, so Kontor does not start. The message is one sentence that names the setting. */
class WrongSetting extends RuntimeException {

    WrongSetting(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    WrongSetting(String sentence) {
        this(sentence, null);
    }

    static class Analyzer extends AbstractFailureAnalyzer<WrongSetting> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, WrongSetting cause) {
            return new FailureAnalysis(cause.getMessage(), null, cause);
        }
    }
}
