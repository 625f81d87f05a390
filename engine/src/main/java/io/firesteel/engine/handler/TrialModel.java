package io.firesteel.engine.handler;

import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Optimizer;
import java.util.List;

/** A model and its optimizer as a {@link LearningRateFinder} needs them: the port to a {@link Network}. */
public interface TrialModel {
    /** Sets the learning rate of the steps to come, for all parameters. */
    void learningRate(double rate);

    /** Keeps weights, buffers, the optimizer's state and its learning rate, and gives them back when the result is closed. */
    Restoration save();

    /** A network and what updates it, which must outlive the trial. Learning rates that a group has been given on its own aren't
     * kept: a schedule sets them again. */
    static TrialModel of(Network network, List<Optimizer> optimizers) {
        return new NetworkTrial(network, List.copyOf(optimizers));
    }
}
