package dev.kontor.architecture.planted.transport.marketplaces;

import java.net.http.HttpClient;

/** The interface knows how it is reached. */
class Shelf {
    HttpClient client;
}
