package dev.kontor.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what is wrong with a folder of migrations. */
record Migrations(Path folder) {

    /** Tables of libraries, which no module owns. */
    private static final String LIBRARIES = "__root";

    private static final Pattern FILE_NAME = Pattern.compile("V\\d+(_\\d+)*__[a-z0-9]+(_[a-z0-9]+)*\\.sql");

    private static final String NAME = "\"?([a-z_]\\w*)\"?(?:\\s*\\.\\s*\"?([a-z_]\\w*)\"?)?";

    /** What a statement makes, changes or fills: an optional schema and a name. */
    private static final List<Pattern> TOUCHED = List.of(
            pattern(
                    "create\\s+(?:unlogged\\s+)?(?:table|sequence|type|domain|materialized\\s+view)\\s+(?:if\\s+not\\s+exists\\s+)?"),
            pattern("create\\s+(?:or\\s+replace\\s+)?(?:function|procedure|view)\\s+"),
            pattern(
                    "(?:alter|drop)\\s+(?:table|sequence|type|view|index|function)\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?"),
            pattern("create\\s+(?:unique\\s+)?index\\s+[^;(]*?\\bon\\s+(?:only\\s+)?"),
            pattern("create\\s+(?:or\\s+replace\\s+)?(?:constraint\\s+)?trigger\\s+[^;]*?\\bon\\s+"),
            pattern("partition\\s+of\\s+"),
            pattern("\\breferences\\s+"),
            pattern("insert\\s+into\\s+"),
            pattern("delete\\s+from\\s+(?:only\\s+)?"),
            pattern("truncate\\s+(?:table\\s+)?(?!on\\s)"), // as a trigger's event it touches nothing
            pattern("(?:^|;)\\s*update\\s+(?:only\\s+)?"));

    private static final Pattern SCHEMA = Pattern.compile(
            "create\\s+schema\\s+(?:if\\s+not\\s+exists\\s+)?\"?([a-z_]\\w*)", Pattern.CASE_INSENSITIVE);

    private static Pattern pattern(String statement) {
        return Pattern.compile(statement + NAME, Pattern.CASE_INSENSITIVE);
    }

    List<String> faults(Set<String> modules) throws IOException {
        var faults = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var module = file.getParent().equals(folder)
                        ? ""
                        : folder.relativize(file).getName(0).toString();
                if (!modules.contains(module) && !module.equals(LIBRARIES)) {
                    faults.add(folder.relativize(file) + ": no module " + module);
                }
                if (!FILE_NAME.matcher(file.getFileName().toString()).matches()) {
                    faults.add(folder.relativize(file) + ": not named V1__words_of_what_it_does.sql");
                }
                var sql = Files.readString(file).replaceAll("--[^\n]*|(?s)/\\*.*?\\*/", " ");
                faults(module, sql).forEach(fault -> faults.add(folder.relativize(file) + ": " + fault));
            }
        }
        return faults;
    }

    private static List<String> faults(String module, String sql) {
        var faults = new ArrayList<String>();
        SCHEMA.matcher(sql)
                .results()
                .map(it -> it.group(1))
                .filter(it -> !it.equals(module))
                .forEach(it -> faults.add("makes the schema " + it));
        SqlRules.QUALIFIED
                .matcher(sql)
                .results()
                .filter(it -> !it.group(1).equals(module))
                .forEach(it -> faults.add("names " + it.group()));
        if (!module.equals(LIBRARIES)) {
            TOUCHED.stream().flatMap(it -> outside(module, it.matcher(sql))).forEach(faults::add);
        }
        return faults.stream().distinct().toList();
    }

    private static Stream<String> outside(String module, Matcher matcher) {
        return matcher.results()
                .filter(it -> it.group(2) == null || !it.group(1).equals(module))
                .map(it -> "touches " + it.group().replaceAll("\\s+", " ").strip() + " outside of its schema");
    }
}
