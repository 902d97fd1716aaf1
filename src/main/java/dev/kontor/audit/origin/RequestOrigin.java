package dev.kontor.audit.origin;

import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.audit.Origin;

/**
 * Gives each request a name, which its answer, its lines in the log and its entries have in common. One that the caller has
 * chosen is kept, as long as it is a plain one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class RequestOrigin extends OncePerRequestFilter {

    static final String HEADER = "X-Correlation-Id";
    static final String LOGGED = "correlation";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var origin = Origin.request(request.getRemoteAddr(), name(request.getHeader(HEADER)));
        response.setHeader(HEADER, origin.correlation());
        try (var _ = MDC.putCloseable(LOGGED, origin.correlation())) {
            origin.call(() -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static String name(@Nullable String chosen) {
        return chosen != null && PLAIN.matcher(chosen).matches()
                ? chosen
                : UUID.randomUUID().toString();
    }
}
