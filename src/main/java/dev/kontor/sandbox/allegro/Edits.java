package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fulfillment statuses that the seller, or his program, set. */
final class Edits {

    record Edit(long at, Form form, String status) {}

    private final List<Edit> all = new ArrayList<>();
    private final Map<Form, List<Edit>> byForm = new HashMap<>();

    synchronized int add(Edit edit) {
        all.add(edit);
        byForm.computeIfAbsent(edit.form(), it -> new ArrayList<>(1)).add(edit);
        return all.size() - 1;
    }

    synchronized Edit get(int number) {
        return all.get(number);
    }

    synchronized List<Edit> until(Form form, long at) {
        var edits = byForm.get(form);
        return edits == null
                ? List.of()
                : edits.stream().filter(it -> it.at() <= at).toList();
    }
}
