package dev.kontor.benchmark;

import java.util.Arrays;
import java.util.Collection;

/** Numbers measured several times. */
record Samples(double[] sorted) {

    static Samples of(Collection<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    double median() {
        return percentile(50);
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    /** The smallest value that at least so many percent of all do not exceed. */
    double percentile(double percent) {
        return sorted[(int) Math.max(0, Math.ceil(percent / 100 * sorted.length) - 1)];
    }
}
