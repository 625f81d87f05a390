package io.firesteel.engine.metric.text;

import io.firesteel.engine.metric.MetricInput;
import java.util.List;

/** What a row should have been, of which there is at least one. */
final class References {
    private References() {}

    static List<String> of(MetricInput input, int row) {
        List<String> references = input.references(row);
        if (references.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid references: 0 in row " + row + " of a batch (must be at least 1)");
        }
        return references;
    }

    static List<Tokens> tokens(MetricInput input, int row) {
        return of(input, row).stream().map(Tokens::of).toList();
    }
}
