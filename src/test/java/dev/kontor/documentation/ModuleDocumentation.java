package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the pages, unless nothing has changed that they tell of. */
public final class ModuleDocumentation {

    private ModuleDocumentation() {}

    /** Arguments: the project's directory and its build directory. */
    public static void main(String[] arguments) throws IOException {
        var project = Path.of(arguments[0]);
        var target = Path.of(arguments[1]);
        var pages = pages(target);
        var stamp = target.resolve("module-documentation.sha256");
        var fingerprint = Fingerprint.of(
                target.resolve("classes/dev/kontor"),
                target.resolve("test-classes/dev/kontor/documentation"),
                target.resolve("test-classes/documentation"));
        if (Files.exists(pages.resolve("index.html"))
                && Files.exists(stamp)
                && Files.readString(stamp).equals(fingerprint)) {
            return;
        }
        Fonts.useOwn(target.resolve("fonts"));
        new ModulePages(project.resolve("src/main/java"), target.resolve("spring-modulith-docs"), pages).write();
        Files.writeString(stamp, fingerprint);
    }

    /** Where the running application finds them, packaged or not. */
    static Path pages(Path target) {
        return target.resolve("classes/static/docs/modules");
    }
}
