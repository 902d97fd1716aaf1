package dev.kontor.accounts.register;

/** What was asked does not fit the state of the account. The message is a sentence for people. */
public class NotPossible extends RuntimeException {

    public NotPossible(String sentence) {
        super(sentence);
    }
}
