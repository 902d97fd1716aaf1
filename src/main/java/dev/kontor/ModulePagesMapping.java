package dev.kontor;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Leads to the module documentation, which the build leaves among the static resources. */
@Configuration(proxyBeanMethods = false)
class ModulePagesMapping implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/docs/modules").setViewName("forward:/docs/modules/index.html");
        registry.addViewController("/docs/modules/").setViewName("forward:/docs/modules/index.html");
    }
}
