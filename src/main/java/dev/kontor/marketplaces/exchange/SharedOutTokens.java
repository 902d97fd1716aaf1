package dev.kontor.marketplaces.exchange;

/** This instance's share of a limit, growing and shrinking with the number of instances. */
class SharedOutTokens implements Tokens {

    private final Limit whole;
    private final Shares shares;
    private final LocalTokens tokens;
    private double share;

    SharedOutTokens(Limit whole, Shares shares, Pacer pacer) {
        this.whole = whole;
        this.shares = shares;
        this.share = shares.mine();
        this.tokens = new LocalTokens(whole.share(share), pacer);
    }

    @Override
    public long take(long count, long keep) {
        return tokens.take(count, (long) (keep * adapt()));
    }

    private synchronized double adapt() {
        var now = shares.mine();
        if (now != share) {
            share = now;
            tokens.change(whole.share(now));
        }
        return share;
    }

    @Override
    public void giveBack(long count) {
        tokens.giveBack(count);
    }

    @Override
    public void atMost(long left) {
        tokens.atMost(left);
    }
}
