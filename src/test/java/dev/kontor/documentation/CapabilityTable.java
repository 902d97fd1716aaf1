package dev.kontor.documentation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;

import dev.kontor.marketplaces.Capabilities.Support;
import dev.kontor.marketplaces.Capability;
import dev.kontor.marketplaces.Marketplace;

/** What every marketplace can do, as its adapter declares it, in Markdown. */
public final class CapabilityTable {

    private CapabilityTable() {}

    public static String of(Collection<Marketplace> marketplaces) {
        var sorted = marketplaces.stream()
                .sorted((a, b) -> a.displayName().compareTo(b.displayName()))
                .toList();
        var head = row("Capability", sorted.stream().map(Marketplace::displayName));
        var line = row("---", sorted.stream().map(it -> ":---:"));
        return head
                + line
                + Arrays.stream(Capability.values())
                        .map(capability -> row(
                                words(capability),
                                sorted.stream().map(it -> word(it.capabilities().of(capability)))))
                        .collect(Collectors.joining());
    }

    /**
     * The adapters on the class path, made without their constructors: what a marketplace can do is known before it is
     * configured.
     */
    static Collection<Marketplace> declared() {
        return declared(CapabilityTable.class.getClassLoader());
    }

    public static Collection<Marketplace> declared(ClassLoader classes) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.setResourceLoader(new DefaultResourceLoader(classes));
        scanner.addIncludeFilter(new AssignableTypeFilter(Marketplace.class));
        var objenesis = new SpringObjenesis();
        return scanner.findCandidateComponents("dev.kontor.marketplaces").stream()
                .map(it -> ClassUtils.resolveClassName(String.valueOf(it.getBeanClassName()), classes))
                .filter(CapabilityTable::isNoTests)
                .map(it -> (Marketplace) objenesis.newInstance(it))
                .toList();
    }

    private static boolean isNoTests(Class<?> type) {
        var tests = CapabilityTable.class.getProtectionDomain().getCodeSource().getLocation();
        return !type.getProtectionDomain().getCodeSource().getLocation().equals(tests);
    }

    private static String row(String first, Stream<String> cells) {
        return Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String words(Capability capability) {
        var words = capability.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String word(Support support) {
        return switch (support) {
            case NATIVE -> "yes";
            case EMULATED -> "built by Kontor";
            case BY_ACCOUNT -> "some accounts";
            case NONE -> "–";
        };
    }
}
