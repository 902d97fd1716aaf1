package dev.kontor.api.web;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;

import org.apache.commons.io.input.ProxyInputStream;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.api.ContentEncoded;
import dev.kontor.api.ContentTooLarge;
import dev.kontor.api.InvalidField;

/**
 * No more of a body is read than a route can need, however it is sent and whatever it says of its length. Who reads the
 * stream itself, such as an import, has a limit of its own.
 */
@ControllerAdvice
@Configuration(proxyBeanMethods = false)
class BodySize extends RequestBodyAdviceAdapter implements WebMvcConfigurer, HandlerInterceptor {

    static final int LARGEST = 1 << 20;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ContentEncoded();
        }
        var type = request.getContentType();
        if (type != null && type.contains("*")) { // Spring takes it for an impossible one, not for a wrong one
            throw new InvalidField(HttpHeaders.CONTENT_TYPE, "must name one type");
        }
        return true;
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        if (message.getHeaders().getContentLength() > LARGEST) {
            throw new ContentTooLarge(LARGEST);
        }
        return new Limited(message.getHeaders(), new Counted(message.getBody()));
    }

    private record Limited(HttpHeaders headers, InputStream body) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }

    private static final class Counted extends ProxyInputStream {

        private long left = LARGEST;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        protected void afterRead(int read) {
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new ContentTooLarge(LARGEST);
            }
        }

        @Override
        public boolean markSupported() {
            return false; // what is read twice would be counted twice
        }
    }
}
