package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.distribution.Distribution;
import io.firesteel.engine.metric.distribution.Distributions;
import io.firesteel.engine.metric.distribution.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How values of several classes or labels become one. */
enum Averaging {
    /** Their mean. */
    MACRO,
    /** Their mean, weighted with the rows of each. */
    WEIGHTED,
    /** The value of all scores of all columns together. */
    MICRO,
    /** Not at all. */
    NONE;

    static Averaging of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The value of columns each of which has one. */
    MetricValue value(Distributions state, Function<Steps, Estimate> area) {
        int columns = state.columns();
        if (columns == 1) {
            return area.apply(state.column(0).steps()).toMetricValue(state.isBinned());
        }
        if (this == MICRO) {
            Distribution all = state.column(0);
            for (int column = 1; column < columns; column++) {
                all = all.plus(state.column(column));
            }
            return area.apply(all.steps()).toMetricValue(state.isBinned());
        }
        List<Estimate> values = new ArrayList<>(columns);
        double[] weights = new double[columns];
        for (int column = 0; column < columns; column++) {
            Steps steps = state.column(column).steps();
            values.add(area.apply(steps));
            weights[column] = this == WEIGHTED ? steps.total(Scores.POSITIVE) : 1;
        }
        return combine(values, weights, state.isBinned());
    }

    private MetricValue combine(List<Estimate> values, double[] weights, boolean binned) {
        if (this == NONE) {
            return MetricValue.of(values.stream().mapToDouble(Estimate::value).toArray());
        }
        if (Arrays.stream(weights).sum() == 0) {
            return new Estimate(0, 0).toMetricValue(binned);
        }
        return Estimate.weightedMean(values, weights).toMetricValue(binned);
    }
}
