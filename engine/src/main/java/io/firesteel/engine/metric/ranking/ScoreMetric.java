package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.distribution.Distributions;

/** A metric of scores and labels. All with the same {@code exactRows} have their state in common. */
abstract class ScoreMetric extends StateMetric<Distributions> {
    private final int exactRows;
    private final boolean pairs;

    ScoreMetric(MetricParameters parameters) {
        this(parameters, false);
    }

    /** A metric that may need classes pair by pair. */
    ScoreMetric(MetricParameters parameters, boolean pairs) {
        super(
                parameters.metricName(),
                (pairs ? "scoresOfPairs" : "scores") + "(exactRows=" + parameters.integer("exactRows") + ")");
        this.exactRows = parameters.integer("exactRows");
        this.pairs = pairs;
    }

    @Override
    public final Distributions zero() {
        return new Distributions(exactRows);
    }

    @Override
    public final void update(Distributions state, MetricInput input) {
        Scores.add(state, input, pairs);
    }

    @Override
    protected final MetricValue value(Distributions state) {
        state.checkOrder(name());
        return ordered(state);
    }

    /** The metric of scores none of which is NaN. */
    abstract MetricValue ordered(Distributions state);

    @Override
    protected final Distributions read(StateInput input) {
        return Distributions.read(exactRows, input);
    }
}
