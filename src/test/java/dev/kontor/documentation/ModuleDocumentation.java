package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.util.ApplicationModulesExporter;

import dev.kontor.Kontor;

/** Writes down what the modules are, for people and for the start, unless nothing has changed that it tells of. */
public final class ModuleDocumentation {

    private ModuleDocumentation() {}

    /** Arguments: the project's directory and its build directory. */
    public static void main(String[] arguments) throws IOException {
        var project = Path.of(arguments[0]);
        var target = Path.of(arguments[1]);
        var pages = pages(target);
        var metadata = metadata(target);
        var stamp = target.resolve("module-documentation.sha256");
        var fingerprint = Fingerprint.of(
                target.resolve("classes/dev/kontor"),
                target.resolve("test-classes/dev/kontor/documentation"),
                target.resolve("test-classes/documentation"));
        if (Files.exists(pages.resolve("index.html"))
                && Files.exists(metadata)
                && Files.exists(stamp)
                && Files.readString(stamp).equals(fingerprint)) {
            return;
        }
        var modules = ApplicationModules.of(Kontor.class);
        Files.createDirectories(metadata.getParent());
        Files.writeString(metadata, new ApplicationModulesExporter(modules).toJson());
        Fonts.useOwn(target.resolve("fonts"));
        new ModulePages(modules, project.resolve("src/main/java"), target.resolve("spring-modulith-docs"), pages)
                .write();
        Files.writeString(stamp, fingerprint);
    }

    /** Where Spring Modulith looks for it when the application starts, before it would look at every class. */
    static Path metadata(Path target) {
        return target.resolve("classes").resolve(ApplicationModulesExporter.DEFAULT_LOCATION);
    }

    /** Where the running application finds them, packaged or not. */
    static Path pages(Path target) {
        return target.resolve("classes/static/docs/modules");
    }
}
