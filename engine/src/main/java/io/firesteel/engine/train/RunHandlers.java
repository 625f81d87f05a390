package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.State;
import io.firesteel.engine.handler.AveragedWeights;
import io.firesteel.engine.handler.EarlyStopping;
import io.firesteel.engine.handler.LineLogger;
import io.firesteel.engine.handler.MetricLogging;
import io.firesteel.engine.handler.ModelEma;
import io.firesteel.engine.handler.Restoration;
import io.firesteel.engine.handler.StochasticWeightAverage;
import io.firesteel.engine.handler.TerminateOnNan;
import io.firesteel.engine.handler.TimeLimit;
import io.firesteel.engine.handler.TimeProfile;
import io.firesteel.engine.handler.TimeProfiler;
import io.firesteel.engine.handler.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The handlers that {@link HandlerOptions} ask for, on the trainer of one replica. */
final class RunHandlers {
    private static final double[] NOTHING = {};

    private final HandlerOptions options;
    private final Engine<StepBatch, StepOutput> trainer;
    private final TrainingStep step;
    private final Optional<AveragedWeights> average;
    private final Optional<TimeProfiler<StepBatch, StepOutput>> profiler;

    RunHandlers(
            HandlerOptions options,
            Engine<StepBatch, StepOutput> trainer,
            TrainingStep step,
            Weights weights,
            int rank) {
        this.options = options;
        this.trainer = trainer;
        this.step = step;
        options.earlyStopping().forEach(stopping -> trainer.attach(new EarlyStopping<>(stopping)));
        if (options.terminateOnNan()) {
            trainer.attach(new TerminateOnNan<>(RunHandlers::loss));
        }
        this.average = attachAverage(weights);
        this.profiler = rank == 0 ? attachOnFirst() : Optional.empty();
    }

    /** What is needed once, as a stop is a decision of all and the others would tell the same. */
    private Optional<TimeProfiler<StepBatch, StepOutput>> attachOnFirst() {
        // One clock is enough, and only one can be saved.
        options.findTimeLimit().ifPresent(limit -> trainer.attach(new TimeLimit<>(limit)));
        if (options.watching().logEverySteps() > 0) {
            attachLogging(options.watching().logEverySteps());
        }
        if (!options.watching().profiler()) {
            return Optional.empty();
        }
        TimeProfiler<StepBatch, StepOutput> handler = new TimeProfiler<>();
        trainer.attach(handler);
        return Optional.of(handler);
    }

    private Optional<AveragedWeights> attachAverage(Weights weights) {
        if (options.findEma().isPresent()) {
            ModelEma<StepBatch, StepOutput> ema = new ModelEma<>(
                    options.ema(),
                    weights,
                    TrainingEvents.STEP_COMPLETED.every(options.ema().everyIterations()));
            trainer.attach(ema);
            return Optional.of(ema);
        }
        return options.findSwa().map(swa -> {
            StochasticWeightAverage<StepBatch, StepOutput> mean =
                    new StochasticWeightAverage<>(swa, weights, ReplicaTraining.AVERAGE_PRIORITY);
            trainer.attach(mean);
            return mean;
        });
    }

    private void attachLogging(int everySteps) {
        LineLogger lines = new LineLogger();
        trainer.attach(new MetricLogging<>(TrainingEvents.STEP_COMPLETED.every(everySteps), this::valuesOfStep, lines));
        trainer.attach(MetricLogging.ofEpochs(lines));
    }

    /** Before the first exchange of weights there is no loss. */
    private Map<String, Double> valuesOfStep(State<StepBatch, StepOutput> state) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (!Double.isNaN(state.output().loss())) {
            values.put("loss", state.output().loss());
        }
        step.optimizers().stream().findFirst().ifPresent(first -> values.put("learningRate", first.learningRate()));
        return values;
    }

    /** Inside a step, between exchanges of weights, and of rows that all weigh nothing, there is no loss. */
    private static double[] loss(StepOutput output) {
        return output.weight() > 0 ? new double[] {output.loss()} : NOTHING;
    }

    /** Lets something compute with the weights that are meant for use: their average, if there is one. */
    void withFinalWeights(Runnable body) {
        Restoration training = useFinalWeights();
        try {
            body.run();
        } finally {
            training.close();
        }
    }

    /** Makes the network compute with the weights that are meant for use, until the result is closed. */
    Restoration useFinalWeights() {
        return average.filter(AveragedWeights::isPresent)
                .map(AveragedWeights::swap)
                .orElse(() -> {});
    }

    /** Where the time of the run went, on the first replica if that was asked for. */
    Optional<TimeProfile> profile() {
        return profiler.map(TimeProfiler::profile);
    }
}
