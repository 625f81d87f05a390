package io.firesteel.engine.train;

import io.firesteel.engine.event.State;
import java.util.OptionalLong;

/**
 * Which iterations of an epoch make its steps: so many each, in the last one what is left. Follows from the place in the epoch alone.
 *
 * @param iterations of a step, &gt;= 1
 */
record Accumulation(int iterations) {
    /** Whether an iteration is the last one of a step; where the length of the epoch is unknown, not because the epoch ends. */
    boolean endsStep(State<?, ?> state) {
        OptionalLong length = state.epochLength();
        long iteration = state.epochIteration();
        return iteration % iterations == 0 || (length.isPresent() && iteration == length.getAsLong());
    }

    /** Epochs that are over, and the share of the steps of the epoch at hand that is, before the step of this iteration. */
    double epochs(State<?, ?> state) {
        long done = (state.epochIteration() - 1) / iterations;
        // While the length of an epoch is unknown, which is in the first pass over some sources, an epoch has no
        // shares.
        double share = state.epochLength().isPresent()
                ? (double) done / steps(state.epochLength().getAsLong())
                : 0;
        return state.epoch() - 1 + share;
    }

    private long steps(long epochLength) {
        return (epochLength + iterations - 1) / iterations;
    }
}
