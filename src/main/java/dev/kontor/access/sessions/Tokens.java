package dev.kontor.access.sessions;

/**
 * What a client needs to act for a person.
 *
 * @param expiresIn seconds that the access token is good for
 * @param refreshToken good for one use
 */
public record Tokens(String accessToken, long expiresIn, String refreshToken) {

    @Override
    public String toString() {
        return "Tokens[masked]";
    }
}
