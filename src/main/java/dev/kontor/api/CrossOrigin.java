package dev.kontor.api;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

import jakarta.servlet.http.HttpServletRequest;

/** Which other sites' pages may call the interface from a browser: none, unless they are named. */
public record CrossOrigin(List<String> permitted) implements CorsConfigurationSource {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> SENT = List.of(
            "Authorization", "X-API-Key", "Content-Type", "Accept", "If-Match", "Idempotency-Key", "X-Correlation-Id");
    private static final List<String> READ = List.of(
            "ETag",
            "Location",
            "Retry-After",
            "RateLimit",
            "RateLimit-Policy",
            "Content-Disposition",
            "X-Correlation-Id");

    public CrossOrigin {
        permitted = List.copyOf(permitted);
    }

    /** No cookie is ever sent along: nothing here is proven by one. */
    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        if (permitted.isEmpty() || !request.getRequestURI().startsWith("/api/")) {
            return null;
        }
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(permitted);
        cors.setAllowedMethods(METHODS);
        cors.setAllowedHeaders(SENT);
        cors.setExposedHeaders(READ);
        cors.setAllowCredentials(false);
        cors.setMaxAge(600L);
        return cors;
    }
}
