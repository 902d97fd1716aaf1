package dev.kontor.api.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;
import dev.kontor.api.PageQuery;

/**
 * Looks at all query parameters before any of them is used, so that the answer names every wrong one. Parameters that
 * nobody reads are wrong too: whoever mistypes a filter must not take everything for the filtered list.
 */
@Configuration(proxyBeanMethods = false)
class QueryParameters implements WebMvcConfigurer, HandlerInterceptor {

    private static final String ONCE = "must be given only once";

    private final Map<HandlerMethod, Optional<Set<String>>> known = new ConcurrentHashMap<>();
    private final ObjectProvider<ConversionService> conversion;

    QueryParameters(@Qualifier("mvcConversionService") ObjectProvider<ConversionService> conversion) {
        this.conversion = conversion;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new StorableTime());
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var problems = new ArrayList<FieldProblem>();
            known.computeIfAbsent(method, QueryParameters::names)
                    .ifPresent(names ->
                            problems.addAll(unknown(request.getParameterMap().keySet(), names)));
            for (var parameter : method.getMethodParameters()) {
                problems.addAll(wrong(parameter, request));
            }
            if (!problems.isEmpty()) {
                throw new InvalidField(problems);
            }
        }
        return true;
    }

    private static List<FieldProblem> unknown(Set<String> sent, Set<String> known) {
        var message = known.isEmpty()
                ? "is not known here; there are no parameters"
                : "is not known here; known are " + String.join(", ", known);
        return sent.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> new FieldProblem(name, message))
                .toList();
    }

    private List<FieldProblem> wrong(MethodParameter parameter, HttpServletRequest request) {
        if (parameter.getParameterType() == PageQuery.class) {
            return wrongPage(request);
        }
        if (!parameter.hasParameterAnnotation(RequestParam.class) || RequestNames.takesAll(parameter)) {
            return List.of();
        }
        var name = RequestNames.of(parameter);
        var values = request.getParameterValues(name);
        if (values == null || Stream.of(values).allMatch(String::isEmpty)) {
            return List.of();
        }
        if (Stream.of(values).anyMatch(StorableText::unstorable)) {
            return List.of(new FieldProblem(name, StorableText.PROBLEM));
        }
        if (values.length > 1 && !takesSeveral(parameter)) {
            return List.of(new FieldProblem(name, ONCE));
        }
        try {
            var value = values.length == 1 ? values[0] : values;
            conversion.getObject().convert(value, TypeDescriptor.forObject(value), new TypeDescriptor(parameter));
            return List.of();
        } catch (ConversionException e) {
            var type = new TypeDescriptor(parameter);
            var element = type.getElementTypeDescriptor();
            var expected = element == null ? type : element;
            return List.of(new FieldProblem(name, Expected.message(expected.getType(), "is not understood")));
        }
    }

    private static boolean takesSeveral(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return type.isArray() || Collection.class.isAssignableFrom(type);
    }

    private static List<FieldProblem> wrongPage(HttpServletRequest request) {
        var repeated = Stream.of("limit", "after")
                .filter(name -> request.getParameterMap().getOrDefault(name, new String[0]).length > 1)
                .map(name -> new FieldProblem(name, ONCE))
                .toList();
        if (!repeated.isEmpty()) {
            return repeated;
        }
        try {
            PageQuery.parse(request.getParameter("limit"), request.getParameter("after"));
            return List.of();
        } catch (InvalidField e) {
            return e.errors();
        }
    }

    private static Optional<Set<String>> names(HandlerMethod method) {
        var parameters = method.getMethodParameters();
        if (Arrays.stream(parameters).anyMatch(RequestNames::takesAll)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(parameters)
                .flatMap(RequestNames::inQuery)
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
