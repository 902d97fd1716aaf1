package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets Java measure text on a server that has neither fonts nor fontconfig: without them it fails on Linux. With fonts of
 * our own a diagram also looks the same wherever it was drawn.
 */
final class Fonts {

    private static final List<String> FAMILIES = List.of("dialog", "dialoginput", "sansserif", "serif", "monospaced");

    private Fonts() {}

    /** To be called before anything of AWT is. */
    static void useOwn(Path directory) throws IOException {
        System.setProperty("java.awt.headless", "true");
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Files.createDirectories(directory);
        var plain = copy("DejaVuSans.ttf", directory);
        var bold = copy("DejaVuSans-Bold.ttf", directory);
        var lines = new ArrayList<>(List.of("version=1", "sequence.allfonts=latin-1"));
        for (var family : FAMILIES) {
            lines.add(family + ".plain.latin-1=DejaVu Sans");
            lines.add(family + ".italic.latin-1=DejaVu Sans");
            lines.add(family + ".bold.latin-1=DejaVu Sans Bold");
            lines.add(family + ".bolditalic.latin-1=DejaVu Sans Bold");
        }
        lines.add("filename.DejaVu_Sans=" + plain);
        lines.add("filename.DejaVu_Sans_Bold=" + bold);
        var configuration = Files.write(directory.resolve("fontconfig.properties"), lines);
        System.setProperty("sun.awt.fontconfig", configuration.toString());
    }

    private static Path copy(String font, Path directory) throws IOException {
        var file = directory.resolve(font).toAbsolutePath();
        try (var in = Fonts.class.getResourceAsStream("/net/sf/jasperreports/fonts/dejavu/" + font)) {
            if (in == null) {
                throw new IllegalStateException("no font " + font + " on the class path");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
