package dev.kontor.marketplaces.exchange;

/** Which part of every limit this instance may use while it cannot ask the others. */
interface Shares {

    double mine();
}
