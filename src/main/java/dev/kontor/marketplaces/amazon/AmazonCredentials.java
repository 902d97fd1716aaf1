package dev.kontor.marketplaces.amazon;

import java.util.List;
import java.util.stream.Stream;

import dev.kontor.marketplaces.Credentials;

/** What Amazon's credentials hold: whose they are, where they are good for, and the tokens. */
record AmazonCredentials(Credentials credentials) {

    static final String ACCESS = "access_token";
    static final String REFRESH = "refreshToken";
    static final String SELLER = "sellerId";
    static final String REGION = "region";
    static final String MARKETPLACES = "marketplaceIds";

    String access() {
        return credentials.secret(ACCESS);
    }

    /** The merchant token, by which the API knows the seller. */
    String seller() {
        return credentials.secret(SELLER);
    }

    AmazonRegion region() {
        return AmazonRegion.of(credentials.secret(REGION));
    }

    /** Never none; the first is the one to ask where only one can be asked. */
    List<String> marketplaces() {
        return Stream.of(credentials.secret(MARKETPLACES).split("[,\\s]+"))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** By which Amazon counts: a limit is for one seller in one region. */
    String owner() {
        return seller() + "@" + region();
    }
}
