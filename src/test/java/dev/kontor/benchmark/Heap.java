package dev.kontor.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What was left on the heap after each collection, as the collector itself wrote it down. */
record Heap(List<Collected> collections) {

    private static final Pattern COLLECTION = Pattern.compile("^\\[([0-9.]+)s].* Pause .*?(\\d+)M->(\\d+)M\\(\\d+M\\)");

    record Collected(double second, double megabytes) {}

    static String option(Path log) {
        return "-Xlog:gc:file=" + log + ":uptime:filecount=0";
    }

    static Heap read(Path log) throws IOException {
        var collections = new ArrayList<Collected>();
        for (var line : Files.readAllLines(log)) {
            var matcher = COLLECTION.matcher(line);
            if (matcher.find()) {
                collections.add(
                        new Collected(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(3))));
            }
        }
        return new Heap(collections);
    }

    Heap between(double from, double to) {
        return new Heap(collections.stream()
                .filter(it -> it.second() >= from && it.second() <= to)
                .toList());
    }

    double most() {
        return collections.stream().mapToDouble(Collected::megabytes).max().orElse(0);
    }
}
