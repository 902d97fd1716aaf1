package dev.kontor.api.web;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;

/**
 * Refuses query parameters that nobody reads: whoever mistypes a filter must not take everything for the filtered list.
 */
@Configuration(proxyBeanMethods = false)
class UnknownParameters implements WebMvcConfigurer, HandlerInterceptor {

    private final Map<HandlerMethod, Optional<Set<String>>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            known.computeIfAbsent(method, UnknownParameters::read)
                    .ifPresent(names -> refuseOthers(request.getParameterMap().keySet(), names));
        }
        return true;
    }

    private static void refuseOthers(Set<String> sent, Set<String> known) {
        var message = known.isEmpty()
                ? "is not known here; there are no parameters"
                : "is not known here; known are " + String.join(", ", known);
        var problems = sent.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> new FieldProblem(name, message))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
    }

    private static Optional<Set<String>> read(HandlerMethod method) {
        var parameters = method.getMethodParameters();
        if (Arrays.stream(parameters).anyMatch(RequestNames::takesAll)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(parameters)
                .flatMap(RequestNames::inQuery)
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
