package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Options;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.DependencyType;
import org.springframework.modulith.docs.Documenter;
import org.springframework.modulith.docs.Documenter.DiagramOptions;
import org.springframework.modulith.docs.Documenter.DiagramOptions.DiagramStyle;
import org.springframework.modulith.docs.Documenter.DiagramOptions.ElementsWithoutRelationships;

/** The overview and a page for each module. */
final class ModulePages {

    private static final DiagramOptions DIAGRAM = DiagramOptions.defaults()
            .withStyle(DiagramStyle.UML)
            .withElementsWithoutRelationships(ElementsWithoutRelationships.VISIBLE);

    private final Path sources;
    private final Path work;
    private final Path pages;
    private final ApplicationModules modules;
    private final List<ApplicationModule> sorted;

    ModulePages(ApplicationModules modules, Path sources, Path work, Path pages) {
        this.modules = modules;
        this.sorted = modules.stream()
                .filter(it -> !it.isRootModule())
                .sorted((a, b) -> name(a).compareTo(name(b)))
                .toList();
        this.sources = sources;
        this.work = work;
        this.pages = pages;
    }

    void write() throws IOException {
        new Documenter(modules, Documenter.Options.defaults().withOutputFolder(work.toString()))
                .writeModulesAsPlantUml(DIAGRAM)
                .writeIndividualModulesAsPlantUml(DIAGRAM)
                .writeModuleCanvases();
        Files.createDirectories(pages);
        try (var style = ModulePages.class.getResourceAsStream("/documentation/style.css")) {
            Files.write(pages.resolve("style.css"), style.readAllBytes());
        }
        try (var asciidoctor = Asciidoctor.Factory.create()) {
            page("index.html", "Modules of Kontor", overview(asciidoctor));
            for (var module : sorted) {
                page(name(module) + ".html", module.getDisplayName(), about(module, asciidoctor));
            }
        }
    }

    private String overview(Asciidoctor asciidoctor) throws IOException {
        var rows = new StringBuilder();
        for (var module : sorted) {
            rows.append("<tr><th>%s</th><td>%s</td><td>%s</td></tr>\n"
                    .formatted(link(module), purpose(module), used(module)));
        }
        return """
                <p class="purpose">Made by the build from the code: what the modules are for, and who calls whom.</p>
                %s
                <h2>Modules</h2>
                <table><thead><tr><th>Module</th><th>What it is for</th><th>Uses</th></tr></thead><tbody>
                %s</tbody></table>
                <h2>Capabilities</h2>
                <p>What each marketplace can do, as its adapter declares it.</p>
                <div id="capabilities">%s</div>
                """.formatted(figure("components"), rows, capabilities(asciidoctor));
    }

    private String about(ApplicationModule module, Asciidoctor asciidoctor) throws IOException {
        var canvas = Files.readString(work.resolve("module-" + name(module) + ".adoc"))
                .replaceFirst("(?s)\\|Description\n.*?(?=\\|Base package\n)", ""); // it is the page's first sentence
        return """
                <p class="purpose">%s</p>
                %s
                <h2>Canvas</h2>
                <div class="canvas">%s</div>
                """.formatted(purpose(module), figure("module-" + name(module)), html(canvas, asciidoctor));
    }

    private String figure(String diagram) throws IOException {
        var svg = Diagrams.svg(work.resolve(diagram + ".puml"));
        Files.writeString(pages.resolve(diagram + ".svg"), svg);
        return "<figure>" + svg + "</figure>";
    }

    private String purpose(ApplicationModule module) throws IOException {
        return PackageComment.of(sources, module.getBasePackage().getName());
    }

    private String used(ApplicationModule module) {
        return module.getDirectDependencies(modules, DependencyType.values())
                .uniqueModules()
                .sorted((a, b) -> name(a).compareTo(name(b)))
                .map(ModulePages::link)
                .collect(Collectors.joining(", "));
    }

    /** Asciidoctor reads Markdown's tables but for their second line. */
    private static String capabilities(Asciidoctor asciidoctor) {
        var declared = CapabilityTable.declared();
        if (declared.isEmpty()) {
            return "<p>There is no adapter yet.</p>";
        }
        var rows =
                CapabilityTable.of(declared).replaceFirst("\\| ---.*\n", "\n").replaceAll(" \\|\n", "\n");
        return html("[%header%autowidth]\n|===\n" + rows + "|===\n", asciidoctor);
    }

    private static String html(String asciidoc, Asciidoctor asciidoctor) {
        return asciidoctor.convert(asciidoc, Options.builder().build());
    }

    private void page(String file, String title, String body) throws IOException {
        var links = sorted.stream().map(ModulePages::link).collect(Collectors.joining("\n"));
        Files.writeString(pages.resolve(file), """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s – Kontor</title>
                <link rel="stylesheet" href="/docs/modules/style.css">
                </head>
                <body>
                <nav><a class="home" href="/docs/modules/index.html">Kontor</a>
                %2$s</nav>
                <main>
                <h1>%1$s</h1>
                %3$s</main>
                </body>
                </html>
                """.formatted(title, links, body));
    }

    private static String link(ApplicationModule module) {
        var nested = name(module).contains(".") ? " class=\"nested\"" : "";
        return "<a%s href=\"/docs/modules/%s.html\">%s</a>".formatted(nested, name(module), module.getDisplayName());
    }

    static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }
}
