package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.PendingReduction;
import java.nio.FloatBuffer;
import java.util.List;

/** Every replica gets the whole sum. */
final class WholeExchange implements GradientExchange {
    private final Communicator communicator;
    private PendingReduction pending;

    WholeExchange(Communicator communicator) {
        this.communicator = communicator;
    }

    @Override
    public void start(StepSpan step, List<FloatBuffer> contributions, FloatBuffer sum) {
        pending = communicator.startAllReduceSum(contributions, sum);
    }

    @Override
    public void finish() {
        pending.await();
    }
}
