package dev.kontor.api.web;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** What the parameters of a controller's method are called in a request. */
final class RequestNames {

    private RequestNames() {}

    static String of(MethodParameter parameter) {
        return Stream.of(
                        Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                                .map(RequestParam::name),
                        Optional.ofNullable(parameter.getParameterAnnotation(PathVariable.class))
                                .map(PathVariable::name),
                        Optional.ofNullable(parameter.getParameterAnnotation(RequestHeader.class))
                                .map(RequestHeader::name))
                .flatMap(Optional::stream)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseGet(() -> Objects.requireNonNullElse(parameter.getParameterName(), "parameter"));
    }

    /** The query parameters that this one reads. */
    static Stream<String> inQuery(MethodParameter parameter) {
        var type = parameter.getParameterType();
        if (isParameterObject(parameter)) {
            return type.isRecord()
                    ? Arrays.stream(type.getRecordComponents()).map(component -> component.getName())
                    : Arrays.stream(BeanUtils.getPropertyDescriptors(type)).map(property -> property.getName());
        }
        var simple = BeanUtils.isSimpleProperty(type) && parameter.getParameterAnnotations().length == 0;
        return simple || parameter.hasParameterAnnotation(RequestParam.class)
                ? Stream.of(of(parameter))
                : Stream.empty();
    }

    static boolean takesAll(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestParam.class)
                && Map.class.isAssignableFrom(parameter.getParameterType());
    }

    private static boolean isParameterObject(MethodParameter parameter) {
        return Set.of(ParameterObject.class, ModelAttribute.class).stream()
                .anyMatch(annotation -> parameter.hasParameterAnnotation(annotation)
                        || AnnotatedElementUtils.hasAnnotation(parameter.getParameterType(), annotation));
    }
}
