package dev.kontor.marketplaces.exchange;

import java.util.function.DoubleSupplier;

/** Tokens that last less long while the budget is slowed down: at half the pace a call costs two. */
class PacedTokens implements Tokens {

    private final Tokens tokens;
    private final DoubleSupplier pace;
    private double debt;

    PacedTokens(Tokens tokens, DoubleSupplier pace) {
        this.tokens = tokens;
        this.pace = pace;
    }

    /** What the calls before cost more than one token is paid first. */
    @Override
    public long take(long keep) {
        while (takesOver(1)) {
            var wait = tokens.take(keep);
            if (wait > 0) {
                owe(1);
                return wait;
            }
        }
        var wait = tokens.take(keep);
        if (wait == 0) {
            owe(1 / pace.getAsDouble() - 1);
        }
        return wait;
    }

    private synchronized boolean takesOver(double part) {
        if (debt < part) {
            return false;
        }
        debt -= part;
        return true;
    }

    private synchronized void owe(double part) {
        debt += part;
    }

    @Override
    public void giveBack() {
        tokens.giveBack();
        takesOver(1 / pace.getAsDouble() - 1);
    }

    @Override
    public void atMost(long left) {
        tokens.atMost(left);
    }
}
