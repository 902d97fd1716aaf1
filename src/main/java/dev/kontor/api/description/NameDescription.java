package dev.kontor.api.description;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;

/**
 * Names each operation after its method and address, such as {@code getAccountsByIdListings}, so that the name a generated
 * client has for one does not change when there is another one.
 */
@Component
class NameDescription implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI document) {
        if (document.getPaths() != null) {
            document.getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) -> operation.setOperationId(name(method, path))));
        }
    }

    static String name(HttpMethod method, String path) {
        return method.name().toLowerCase(Locale.ROOT)
                + Arrays.stream(path.replaceFirst("^/api/v1/", "").split("[/.-]+"))
                        .filter(part -> !part.isEmpty())
                        .map(part -> part.startsWith("{")
                                ? "By" + StringUtils.capitalize(part.substring(1, part.length() - 1))
                                : StringUtils.capitalize(part))
                        .collect(Collectors.joining());
    }
}
