package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.ProcessFunction;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.OptimizerState;
import java.util.List;

/** What a replica does in one iteration, which is a step or a part of one. Collective: all ranks, every iteration. */
interface TrainingStep extends ProcessFunction<StepBatch, StepOutput> {
    /** The step that a job asks for. */
    static TrainingStep of(TrainingSpec spec, Hosting hosting) {
        return spec.synchronization() instanceof LocalSgd local
                ? new LocalStep(spec, local, hosting)
                : new TrainStep(spec, hosting);
    }

    /** Those that update this replica's weights, to set their hyper-parameters. */
    List<Optimizer> optimizers();

    /**
     * Makes a checkpoint possible where none is due by its iteration: what replicas or shards have for themselves becomes one or
     * is forgotten, also by the run that goes on. Collective; with the same weights on all replicas.
     */
    void settle();

    /**
     * What a checkpoint holds of the optimizer, on the first rank. Collective; after an iteration where a checkpoint is due, or
     * {@link #settle}.
     */
    OptimizerState optimizerState();

    /** Goes on from what {@link #optimizerState} gave. Collective. */
    void restore(OptimizerState state);

    /** Whether the step of the last iteration goes on with the next one. The same on all replicas. */
    boolean isInsideStep();

    /** The last one that has ended; null before the first. */
    StepSpan lastStep();

    /** Whether the last iteration has left all replicas with the same weights and nothing else in hand. The same on all replicas. */
    boolean isSynchronized();

    /**
     * Gives all replicas the same weights, after an iteration that hasn't: ends the step at hand with what it has. Collective.
     *
     * @param iteration the last one
     */
    void synchronize(long iteration);
}
