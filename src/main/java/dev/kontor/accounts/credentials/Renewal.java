package dev.kontor.accounts.credentials;

import dev.kontor.marketplaces.Answer;

/** What became of the wish for credentials newer than some. */
sealed interface Renewal {

    /** There are newer ones, whoever got them. */
    record Renewed(StoredCredentials credentials) implements Renewal {}

    /** The marketplace accepts the old ones for nothing any more; the account was deactivated. */
    record Refused(String reason) implements Renewal {}

    /** The account has no credentials: it was disconnected. */
    record Gone() implements Renewal {}

    /** It failed for now and will be tried again. */
    record Failed(Answer<?> answer) implements Renewal {

        /** The same failure as an answer to another question. */
        <T> Answer<T> as() {
            return answer.flatMap(value -> {
                throw new IllegalStateException("a failed renewal holds no value");
            });
        }
    }
}
