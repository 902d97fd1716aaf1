package dev.kontor.notifications.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Properties of the process that people change while it runs. The part that they belong to has one as a bean, and asks it each
 * time, because another instance may have changed them.
 */
public final class Live<T extends Record> {

    private static final Logger log = LoggerFactory.getLogger(Live.class);

    static final String PREFIX = "kontor.notifications.";

    private final String name;
    private final Class<T> type;
    private final Overrides overrides;
    private final Environment environment;
    private volatile @Nullable Bound<T> last;

    private record Bound<T>(long version, T value) {}

    /** @param name what the properties' names begin with behind {@code kontor.notifications} */
    Live(String name, Class<T> type, Overrides overrides, Environment environment) {
        this.name = name;
        this.type = type;
        this.overrides = overrides;
        this.environment = environment;
    }

    /** As they are at this moment. */
    public T now() {
        var present = overrides.present();
        var bound = last;
        if (bound == null || bound.version() != present.version()) {
            bound = new Bound<>(present.version(), with(usable(present.values())));
            last = bound;
        }
        return bound.value();
    }

    /** Without those that this version cannot use any more, which must not keep all others from holding. */
    SortedMap<String, String> usable(SortedMap<String, String> values) {
        var usable = new TreeMap<String, String>();
        values.forEach((key, value) -> {
            if (owns(key)) {
                usable.put(key, value);
                if (!isUsable(usable)) {
                    usable.remove(key);
                    log.warn("The setting {} is left out: it cannot be {}", key, value);
                }
            }
        });
        return usable;
    }

    private boolean isUsable(SortedMap<String, String> values) {
        try {
            with(values);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** @throws RuntimeException where a value cannot be */
    T with(Map<String, String> values) {
        var first = new HashMap<String, String>();
        values.forEach((key, value) -> first.put(PREFIX + key, value));
        var sources = new ArrayList<ConfigurationPropertySource>();
        sources.add(new MapConfigurationPropertySource(first));
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        return new Binder(sources, new PropertySourcesPlaceholdersResolver(environment))
                .bindOrCreate(PREFIX + name, type);
    }

    /** Each property by its name, in the order in which they are declared. */
    Map<String, Shape> shapes() {
        return Shape.of(name, type);
    }

    Class<T> type() {
        return type;
    }

    boolean owns(String setting) {
        return setting.startsWith(name + ".");
    }
}
