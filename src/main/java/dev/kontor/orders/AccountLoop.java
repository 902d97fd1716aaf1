package dev.kontor.orders;

import java.time.Duration;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.MarketplaceCode;

/** A loop that another module runs for each account. Its interval is told and set together with those of orders. */
public interface AccountLoop {

    /** By which it is called in runs and settings. */
    String kind();

    Duration interval(AccountId account);

    /** Takes effect at once, for the interval before may be long. */
    void setInterval(AccountId account, Duration interval);

    /** Whether a setting keeps it from running for all accounts of the marketplace. */
    boolean switchedOff(MarketplaceCode marketplace);
}
