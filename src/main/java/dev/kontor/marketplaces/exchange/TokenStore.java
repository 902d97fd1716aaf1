package dev.kontor.marketplaces.exchange;

/** Where tokens are kept: in this process, or where all instances of Kontor find them. */
interface TokenStore {

    Tokens open(String key, Limit limit);
}
