package io.firesteel.engine.handler;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.ProcessFunction;
import io.firesteel.engine.event.RunLimit;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Tries learning rates from small to large, one per iteration, and sees where the loss falls (<a
 * href="https://arxiv.org/abs/1506.01186">Smith 2015</a>): Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.lr_finder.FastaiLRFinder.html">FastaiLRFinder</a>. Ends at the
 * last learning rate, or once the smoothed loss is too far above the lowest. Then the model is as it was before, also after an
 * exception.
 *
 * <p>Differs from Ignite's, where:
 *
 * <ul>
 *   <li>The trainer runs, with all its handlers, and its state is loaded back. Here the same process function runs on an engine of
 *       its own, so that the trainer, its handlers and its position aren't touched.
 *   <li>An exception leaves the model as the trial made it. Here the model is restored.
 *   <li>A loss of NaN doesn't end the trial. Here it does, and is left out.
 * </ul>
 *
 * <p>With several replicas it is collective if the process function is: all must have the same options, and give the same losses.
 *
 * @param <B> batch
 * @param <O> output of the process function
 */
public final class LearningRateFinder<B, O> {
    private final LearningRateFinderOptions options;
    private final TrialModel model;
    private final ToDoubleFunction<? super O> loss;

    /**
     * Nothing happens yet.
     *
     * @param options what is tried
     * @param model what is trained, and restored
     * @param loss of an output
     */
    public LearningRateFinder(LearningRateFinderOptions options, TrialModel model, ToDoubleFunction<? super O> loss) {
        this.options = Objects.requireNonNull(options, "options");
        this.model = Objects.requireNonNull(model, "model");
        this.loss = Objects.requireNonNull(loss, "loss");
    }

    /**
     * Runs the trial.
     *
     * @param process takes a training step with the model, as the trainer's does
     * @param data training batches; read again from the beginning where there are fewer than iterations
     */
    public LearningRateCurve find(ProcessFunction<B, O> process, BatchSource<B> data) {
        LossCurve curve = new LossCurve(options);
        Engine<B, O> engine = new Engine<>("learning rate finder", process);
        engine.on(
                Events.ITERATION_STARTED,
                e -> model.learningRate(options.rateAt(e.state().iteration())));
        engine.on(Events.ITERATION_COMPLETED, e -> {
            if (!curve.add(loss.applyAsDouble(e.state().output()))) {
                e.terminate("the loss diverges");
            }
        });
        Restoration before = model.save();
        try (before) {
            engine.run(data, RunLimit.iterations(options.iterations()));
        }
        return curve.toCurve();
    }
}
