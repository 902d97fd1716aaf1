package dev.kontor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.modulith.Modulithic;

/** A self-hosted hub for a seller who sells the same goods on several marketplaces. */
@Modulithic(systemName = "Kontor")
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class) // modules choose names freely
@ConfigurationPropertiesScan
public class Kontor {

    public static void main(String[] arguments) {
        SpringApplication.run(Kontor.class, arguments);
    }
}
