package dev.kontor.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a benchmark found: a table to read, and a JSON file to compare with. */
final class Report {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Of all benchmarks of this run, so that the last table is the whole one. */
    private static final List<Figure> all = new ArrayList<>();

    private final String name;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param value the median, or the percentile that the name says
     * @param met null where nothing was aimed at
     */
    private record Figure(
            String name, String unit, double value, double min, double max, int samples, String aim, Boolean met) {}

    Report(String name) {
        this.name = name;
        facts.put("benchmark", name);
        facts.put("at", Instant.now().toString());
        facts.put("machine", machine());
    }

    private static Map<String, Object> machine() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.runtime.version"));
        firstLine(Path.of("/proc/cpuinfo"), "model name").ifPresent(it -> machine.put("processor", it));
        firstLine(Path.of("/proc/meminfo"), "MemTotal").ifPresent(it -> machine.put("memory", it));
        firstLine(Path.of("/proc/loadavg"), "").ifPresent(it -> machine.put("loadBefore", it));
        return machine;
    }

    private static java.util.Optional<String> firstLine(Path file, String beginning) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(beginning))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return java.util.Optional.empty(); // another system
        }
    }

    Report fact(String fact, Object value) {
        facts.put(fact, value);
        return this;
    }

    Report figure(String figure, String unit, Samples samples) {
        return add(figure, unit, samples, "", null);
    }

    Report atLeast(String figure, String unit, Samples samples, double aim) {
        return add(figure, unit, samples, "at least " + number(aim), samples.median() >= aim);
    }

    Report atMost(String figure, String unit, Samples samples, double aim) {
        return add(figure, unit, samples, "at most " + number(aim), samples.median() <= aim);
    }

    /** How the slowest fare, with an aim for all but the slowest twentieth; 0 where there is none. */
    Report percentiles(String figure, String unit, Samples samples, double aim) {
        add(figure + ", p50", unit, samples, samples.median(), "", null);
        var slow = samples.percentile(95);
        if (aim > 0) {
            add(figure + ", p95", unit, samples, slow, "at most " + number(aim), slow <= aim);
        } else {
            add(figure + ", p95", unit, samples, slow, "", null);
        }
        return add(figure + ", p99", unit, samples, samples.percentile(99), "", null);
    }

    private Report add(String figure, String unit, Samples samples, String aim, Boolean met) {
        return add(figure, unit, samples, samples.median(), aim, met);
    }

    private Report add(String figure, String unit, Samples samples, double value, String aim, Boolean met) {
        figures.add(new Figure(
                name + ": " + figure, unit, value, samples.min(), samples.max(), samples.sorted().length, aim, met));
        return this;
    }

    void write() throws IOException {
        facts.put("figures", figures);
        all.addAll(figures);
        Files.createDirectories(JavaProcess.DIRECTORY);
        Files.writeString(JavaProcess.DIRECTORY.resolve(name + ".json"), JSON.writeValueAsString(facts));
        System.out.println(table());
    }

    private static String table() {
        var table = new StringBuilder(String.format(
                "%n%-72s %12s %12s %12s %-10s %-16s %s%n", "figure", "measured", "min", "max", "unit", "aim", ""));
        for (var it : all) {
            var met = it.met() == null ? "" : it.met() ? "met" : "MISSED";
            table.append(String.format(
                    "%-72s %12s %12s %12s %-10s %-16s %s%n",
                    it.name(), number(it.value()), number(it.min()), number(it.max()), it.unit(), it.aim(), met));
        }
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
    }
}
