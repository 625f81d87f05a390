package io.firesteel.engine.metric;

import java.util.Random;
import java.util.function.Supplier;

/**
 * A metric, and what its laws need to know of it.
 *
 * @param rows random rows that it accepts
 * @param tolerance relative, of values after another order of merging; 0 if the state holds counts and exact sums only, so
 *     that any order gives the same bits
 * @param golden the state whose bytes of format version 1 stand in {@code /golden/metric/<state name>-v1.hex}
 */
public record LawCase<S>(Metric<S> metric, RowSource rows, double tolerance, Supplier<S> golden) {
    private static final int GOLDEN_ROWS = 7;

    /** Any order of merging gives the same bits. */
    public static <S> LawCase<S> exact(Metric<S> metric, RowSource rows) {
        return within(0, metric, rows);
    }

    /** Another order of merging gives the same value to 1e-12. */
    public static <S> LawCase<S> ofSums(Metric<S> metric, RowSource rows) {
        return within(1e-12, metric, rows);
    }

    /** Another order of merging gives the same value within a tolerance. */
    public static <S> LawCase<S> within(double tolerance, Metric<S> metric, RowSource rows) {
        return new LawCase<>(metric, rows, tolerance, () -> {
            S state = metric.zero();
            metric.update(state, rows.rows(new Random(0), GOLDEN_ROWS).all());
            return state;
        });
    }

    /** With a golden state of its own. */
    public LawCase<S> golden(Supplier<S> state) {
        return new LawCase<>(metric, rows, tolerance, state);
    }
}
