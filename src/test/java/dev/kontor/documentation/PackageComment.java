package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a package says about itself in its {@code package-info.java}. */
final class PackageComment {

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private PackageComment() {}

    /** The comment as HTML. */
    static String of(Path sources, String packageName) throws IOException {
        var file = sources.resolve(packageName.replace('.', '/')).resolve("package-info.java");
        var comment = COMMENT.matcher(Files.readString(file));
        if (!comment.find()) {
            throw new IllegalStateException(file + " does not say what the package is for");
        }
        return comment.group(1)
                .replaceAll("(?m)^\\s*\\* ?", "")
                .replaceAll("\\{@code ([^}]*)}", "<code>$1</code>")
                .replaceAll("\\{@link(?:plain)? (?:[\\w.]*\\.)?([\\w#]+)}", "<code>$1</code>")
                .strip();
    }
}
