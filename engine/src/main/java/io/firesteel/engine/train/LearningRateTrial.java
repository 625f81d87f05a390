package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.handler.LearningRateCurve;
import io.firesteel.engine.handler.LearningRateFinder;
import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.Restoration;
import io.firesteel.engine.handler.TrialModel;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Optimizer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Tries learning rates on the replicas before they train, by steps like those of the training, with an optimizer and metrics of its
 * own: nothing of it is left. Collective; the losses, and so the decision to end, are the same on all ranks.
 */
final class LearningRateTrial {
    private final TrainingSpec spec;
    private final Hosting hosting;

    /**
     * @param spec of the training
     * @param hosting of the training, whose metrics and times stay as they are
     * @param numbers of the hosted shards
     */
    LearningRateTrial(TrainingSpec spec, Hosting hosting, List<Integer> numbers) {
        this.spec = spec.forTrial();
        this.hosting = new Hosting(
                hosting.network(),
                hosting.shards(),
                hosting.communicator(),
                new ShardMetrics(this.spec.metricSet(), numbers),
                new PhaseTimes());
    }

    /** @param steps of the training, read from the first epoch's beginning */
    LearningRateCurve run(LearningRateFinderOptions options, BatchSource<StepBatch> steps) {
        Torch.recordGradients(true);
        TrainingStep step = TrainingStep.of(spec, hosting);
        TrialModel model = new Trial(hosting.network(), step.optimizers());
        return new LearningRateFinder<StepBatch, StepOutput>(options, model, StepOutput::loss).find(step, steps);
    }

    /** The optimizer is nobody's after the trial: its state needn't be restored, nor gathered from other replicas. */
    private record Trial(Network network, List<Optimizer> optimizers) implements TrialModel {
        @Override
        public void learningRate(double rate) {
            optimizers.forEach(optimizer -> optimizer.learningRate(rate));
        }

        @Override
        public Restoration save() {
            FloatBuffer floats = network.weights();
            float[] saved = new float[floats.capacity()];
            floats.get(0, saved);
            return () -> {
                network.weights().put(0, saved);
                network.publishWeights();
            };
        }
    }
}
