package dev.kontor.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.kontor.Kontor;

/** Starts Kontors in this JVM with a database of the test's choice. */
final class Kontors {

    private Kontors() {}

    static ConfigurableApplicationContext start(String marketplace, String database, String... more) {
        return new SpringApplicationBuilder(Kontor.class)
                .run(arguments(marketplace, database, more).stream()
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    static List<String> arguments(String marketplace, String database, String... more) {
        var settings = new ArrayList<>(Arrays.asList(SandboxInitializer.settings(marketplace)));
        settings.add("kontor.database.url=" + database);
        settings.add("kontor.database.user=postgres");
        settings.add("server.port=0");
        settings.addAll(List.of(more));
        return settings;
    }

    static Seller connect(dev.kontor.sandbox.Sandbox sandbox, ConfigurableApplicationContext kontor) {
        return Seller.connected(sandbox, Seller.administrator(port(kontor)));
    }

    static int port(ConfigurableApplicationContext kontor) {
        return kontor.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
