package dev.kontor.access.security;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;

/** Says in the OpenAPI document what each operation asks of its caller. */
@Component
class RouteDescription implements GlobalOperationCustomizer {

    private static final String PERSON = "accessToken";
    private static final String KEY = "apiKey";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        var rule = RouteRules.declared(handler);
        operation.setSecurity(security(rule));
        operation.setDescription(described(operation.getDescription(), sentence(rule)));
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        if (!(rule instanceof Rule.Everybody)) {
            refusal(operation, "401");
            refusal(operation, "403");
        }
        refusal(operation, "429");
        return operation;
    }

    private static List<SecurityRequirement> security(Rule rule) {
        return switch (rule) {
            case Rule.Everybody _, Rule.Undeclared _ -> List.of();
            case Rule.Asks asks ->
                List.of(
                        new SecurityRequirement().addList(PERSON, asks.least().name()),
                        new SecurityRequirement().addList(KEY, asks.scope().text()));
            case Rule.Known known ->
                known.keys()
                        ? List.of(new SecurityRequirement().addList(PERSON), new SecurityRequirement().addList(KEY))
                        : List.of(new SecurityRequirement().addList(PERSON));
            case Rule.People people ->
                List.of(new SecurityRequirement().addList(PERSON, people.least().name()));
        };
    }

    private static String sentence(Rule rule) {
        return switch (rule) {
            case Rule.Everybody _ -> "Open to everybody.";
            case Rule.Undeclared _ -> "Closed to everybody.";
            case Rule.Asks asks ->
                "Takes the role " + asks.least() + "; an API key takes the scope `" + asks.scope() + "`.";
            case Rule.Known known ->
                known.keys() ? "Open to whoever is known." : "Open to every person who is logged in, not to API keys.";
            case Rule.People people -> "Takes the role " + people.least() + "; not open to API keys.";
        };
    }

    private static String described(@Nullable String before, String sentence) {
        return before == null || before.isBlank() ? sentence : before + "\n\n" + sentence;
    }

    private static void refusal(Operation operation, String status) {
        operation.getResponses().putIfAbsent(status, new ApiResponse().$ref("#/components/responses/Problem"));
    }
}
