package dev.kontor.documentation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;

/** Draws what Spring Modulith describes, without Graphviz and without its ornaments. */
final class Diagrams {

    private Diagrams() {}

    static String svg(Path plantUml) throws IOException {
        var source = Files.readString(plantUml)
                .replaceFirst("@startuml", "@startuml\n!pragma layout smetana\nskinparam ranksep 40")
                .replace("componentStyle uml1", "componentStyle rectangle\n  roundCorner 8")
                .replaceAll("\\\\n<size:16>\\[[^]]*]</size>", "")
                .replace("FontSize: 24", "FontSize: 15")
                .replace("LineThickness: 2", "LineThickness: 1.2")
                .replaceAll(": \"(depends on|uses)\"", "")
                .replace("\"==", "\"");
        var out = new ByteArrayOutputStream();
        var description = new SourceStringReader(source)
                .outputImage(out, new FileFormatOption(FileFormat.SVG))
                .getDescription();
        if (description.contains("rror")) {
            throw new IllegalStateException(plantUml + " cannot be drawn: " + description);
        }
        return out.toString(StandardCharsets.UTF_8)
                .replaceFirst("<\\?.*?\\?>", "")
                .replace("lengthAdjust=\"spacing\"", "lengthAdjust=\"spacingAndGlyphs\"")
                .replace("font-family=\"sans-serif\"", "font-family=\"DejaVu Sans, Verdana, sans-serif\"");
    }
}
