package io.firesteel.engine.metric.text;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.Sums;
import io.firesteel.engine.metric.SumsMetric;
import java.util.List;
import java.util.function.Function;

/**
 * The error rate of recognised speech or handwriting: insertions, deletions and substitutions that make the reference of
 * what was written, over the length of the reference: {@code sum(w * errors) / sum(w * length)}, of all rows at once. 0 is
 * best; over 1 if much too much was written. Reads texts (N) with one or more references each, and weights. Of several
 * references, the one of the lowest rate counts, of equal rates the first.
 *
 * <ul>
 *   <li>{@code characterErrorRate}: characters are Unicode code points, spaces among them.
 *   <li>{@code wordErrorRate}: words are what white space separates, as they stand.
 * </ul>
 *
 * <p>No value if all references are empty. Time grows with the product of both lengths. Like Ignite's <a
 * href="https://docs.pytorch.org/ignite/metrics.html">CharacterErrorRate</a> and TorchMetrics' <a
 * href="https://lightning.ai/docs/torchmetrics/stable/text/word_error_rate.html">WordErrorRate</a>.
 */
final class ErrorRate extends SumsMetric {
    private static final int ERRORS = 0;
    private static final int LENGTH = 1;

    private final Function<String, Object[]> units;

    private ErrorRate(String name, Function<String, Object[]> units) {
        super(name, 2);
        this.units = units;
    }

    static ErrorRate ofCharacters(String name) {
        return new ErrorRate(name, text -> text.codePoints().boxed().toArray());
    }

    static ErrorRate ofWords(String name) {
        return new ErrorRate(name, text -> Tokens.of(text).words().toArray());
    }

    @Override
    protected void add(Sums state, MetricInput input, int row, double weight) {
        Object[] written = units.apply(input.text(row));
        List<Object[]> references =
                References.of(input, row).stream().map(units).toList();
        int errors = 0;
        int length = 0;
        for (int i = 0; i < references.size(); i++) {
            Object[] reference = references.get(i);
            int distance = distance(written, reference);
            if (i == 0 || (long) distance * length < (long) errors * reference.length) {
                errors = distance;
                length = reference.length;
            }
        }
        state.add(ERRORS, weight * errors);
        state.add(LENGTH, weight * length);
    }

    /** Levenshtein's distance, in memory of one row of its table. */
    private static int distance(Object[] written, Object[] reference) {
        int[] distances = new int[reference.length + 1];
        for (int j = 0; j < distances.length; j++) {
            distances[j] = j;
        }
        for (int i = 1; i <= written.length; i++) {
            int diagonal = distances[0];
            distances[0] = i;
            for (int j = 1; j < distances.length; j++) {
                int substituted = diagonal + (written[i - 1].equals(reference[j - 1]) ? 0 : 1);
                diagonal = distances[j];
                distances[j] = Math.min(substituted, 1 + Math.min(diagonal, distances[j - 1]));
            }
        }
        return distances[reference.length];
    }

    @Override
    protected MetricValue value(Sums state) {
        NotComputableException.checkWeight(name(), state.weight(), state.rows());
        if (state.sum(LENGTH) == 0) {
            throw new NotComputableException("Cannot compute " + name() + ": all references are empty (" + state.rows()
                    + " rows, expected a reference with text)");
        }
        return MetricValue.of(state.sum(ERRORS) / state.sum(LENGTH));
    }
}
