package dev.kontor.sandbox.allegro;

import java.util.List;

/**
 * What a checkout form looks like at an instant.
 *
 * @param steps what happened so far, oldest first; never empty
 * @param changes how often the revision changed
 */
record FormState(
        Form form, List<Step> steps, String status, String fulfillment, long boughtAt, long updatedAt, int changes) {

    boolean has(Step.Kind kind) {
        return steps.stream().anyMatch(it -> it.kind() == kind);
    }

    /** When it happened; 0 if it did not. */
    long at(Step.Kind kind) {
        for (var step : steps) {
            if (step.kind() == kind) {
                return step.at();
            }
        }
        return 0;
    }

    boolean sent() {
        return fulfillment.equals("SENT") || fulfillment.equals("PICKED_UP");
    }
}
