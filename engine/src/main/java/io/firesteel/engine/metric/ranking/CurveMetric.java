package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.distribution.Distributions;
import io.firesteel.engine.metric.distribution.Steps;
import java.util.LinkedHashMap;
import java.util.Map;

/** A curve of scores: one where a row has one score, else one for each class against all others, or for each label. */
abstract class CurveMetric extends ScoreMetric {
    private final int points;

    CurveMetric(MetricParameters parameters) {
        super(parameters);
        this.points = parameters.integer("points");
    }

    /** The most points that a curve is given by. */
    final int points() {
        return points;
    }

    @Override
    final MetricValue ordered(Distributions state) {
        if (state.columns() == 1) {
            return curve(state.column(0).steps(), "");
        }
        Map<String, MetricValue> curves = new LinkedHashMap<>();
        for (int column = 0; column < state.columns(); column++) {
            curves.put(Integer.toString(column), curve(state.column(column).steps(), " of class " + column));
        }
        return MetricValue.of(curves);
    }

    /**
     * The curve of a column.
     *
     * @param whose for messages: " of class 2", or nothing if there is one column only
     */
    abstract MetricValue curve(Steps steps, String whose);
}
