package dev.kontor.api.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.api.CrossOrigin;

@Configuration(proxyBeanMethods = false)
class CrossOriginWiring {

    @Bean
    CrossOrigin crossOrigin(CrossOriginProperties properties) {
        return new CrossOrigin(properties.origins());
    }
}
