package dev.kontor.api.description;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;

/** The head of the document. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String TEXT = """
            Lists answer `{items, next}`; send `next` as `after` to get the following page, it is absent on the last one.
            Times are RFC 3339 in UTC, money is a decimal string with its currency. Whatever goes wrong is told as problem
            details (RFC 9457) whose `type` is stable. Unknown fields and parameters are refused, not ignored.
            `RateLimit` tells how much more may be asked for; beyond that the answer is 429 with `Retry-After`.
            """;

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info().title("Kontor").version("v1").description(TEXT))
                .addServersItem(new Server().url("/").description("This Kontor"))
                .components(new Components()
                        .addSecuritySchemes("accessToken", accessToken())
                        .addSecuritySchemes("apiKey", apiKey()))
                .addSecurityItem(new SecurityRequirement().addList("accessToken"))
                .addSecurityItem(new SecurityRequirement().addList("apiKey"));
    }

    private static SecurityScheme accessToken() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("The accessToken that POST /api/v1/auth/login answers; good for 15 minutes.");
    }

    private static SecurityScheme apiKey() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("X-API-Key")
                .description("For programs; made with POST /api/v1/api-keys.");
    }
}
