package dev.kontor.marketplaces.exchange;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, without anything secret or personal.
 *
 * @param path with the query, its values masked where they may say something about a person
 * @param status null where no answer came
 * @param traceId by which the marketplace finds the request
 * @param attempt 1 for the first, more where it was repeated
 * @param outcome what it meant: the name of a case of {@link dev.kontor.marketplaces.Answer}
 * @param body masked and cut, null where it is not kept
 */
public record LoggedAttempt(
        long id,
        Instant at,
        UUID account,
        String marketplace,
        String operation,
        String method,
        String path,
        @Nullable Integer status,
        int latencyMs,
        Map<String, String> rateHeaders,
        @Nullable String traceId,
        int attempt,
        String outcome,
        @Nullable String body) {}
