package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A metric that compares the spread of predictions or errors with that of the targets; a subclass says how. */
abstract class CoMomentMetric extends StateMetric<CoMoments> {
    private final CoMoments.With with;
    private final Multioutput multioutput;

    CoMomentMetric(String name, String stateName, CoMoments.With with, Multioutput multioutput) {
        super(name, stateName);
        this.with = with;
        this.multioutput = multioutput;
    }

    @Override
    public final CoMoments zero() {
        return new CoMoments();
    }

    @Override
    public final void update(CoMoments state, MetricInput input) {
        state.add(input, with, name());
    }

    @Override
    protected MetricValue value(CoMoments state) {
        NotComputableException.checkWeight(name(), state.weight(), state.rows());
        CoMoment[] columns =
                IntStream.range(0, state.columns()).mapToObj(state::column).toArray(CoMoment[]::new);
        return multioutput.value(
                Arrays.stream(columns).mapToDouble(this::value).toArray(),
                Arrays.stream(columns).mapToDouble(CoMoment::squareX).toArray());
    }

    /** Of one column. */
    abstract double value(CoMoment column);

    @Override
    protected final CoMoments read(StateInput input) {
        return CoMoments.read(input);
    }
}
