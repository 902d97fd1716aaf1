package dev.kontor.api.web;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Callers of Kontor hear of every field that would be ignored. What Kontor reads from others is read tolerantly. */
@Configuration(proxyBeanMethods = false)
class StrictJson implements WebMvcConfigurer {

    /** Beyond what any route has a use for. */
    static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxStringLength(100_000)
            .maxNumberLength(100)
            .maxNameLength(200)
            .build();

    private final JsonMapper json;

    /** @param customizers what makes a mapper of Spring's, which gets its factory when it is made */
    StrictJson(ObjectProvider<JsonMapperBuilderCustomizer> customizers) {
        var builder = JsonMapper.builder(
                JsonFactory.builder().streamReadConstraints(LIMITS).build());
        customizers.orderedStream().forEach(it -> it.customize(builder));
        this.json = builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .addModule(new SimpleModule()
                        .addDeserializer(Instant.class, new TimeAsText())
                        .addDeserializer(String.class, new StorableText()))
                .build();
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.withJsonConverter(new Converter(json))
                .configureMessageConvertersList(list -> list.removeIf(StrictJson::readsYaml));
    }

    /** It comes with the OpenAPI document's libraries, and would be read without any of the above. */
    private static boolean readsYaml(HttpMessageConverter<?> converter) {
        return converter.getSupportedMediaTypes().stream()
                .anyMatch(type -> type.getSubtype().contains("yaml"));
    }

    /** A number would be taken for seconds by some, and for milliseconds by others. */
    private static final class TimeAsText extends StdDeserializer<Instant> {

        TimeAsText() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(getValueType(context), parser);
            }
            try {
                return StorableTime.parse(parser.getString());
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, parser.getString(), "is not a time");
            }
        }
    }

    private static final class Converter extends JacksonJsonHttpMessageConverter {

        Converter(JsonMapper json) {
            super(json);
        }

        @Override
        protected ObjectReader customizeReader(ObjectReader reader, JavaType type) {
            return reader.withHandler(WrongFields.ofPresentRequest());
        }
    }
}
