package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.handler.AveragedWeights;
import io.firesteel.engine.handler.EarlyStopping;
import io.firesteel.engine.handler.ModelEma;
import io.firesteel.engine.handler.Restoration;
import io.firesteel.engine.handler.TerminateOnNan;
import io.firesteel.engine.handler.TimeLimit;
import io.firesteel.engine.handler.Weights;
import java.util.Optional;

/** The handlers that {@link HandlerOptions} ask for, on the trainer of one replica. */
final class RunHandlers {
    private static final double[] NOTHING = {};

    private final Optional<AveragedWeights> average;

    RunHandlers(HandlerOptions options, Engine<StepBatch, StepOutput> trainer, Weights weights, int rank) {
        options.earlyStopping().forEach(stopping -> trainer.attach(new EarlyStopping<>(stopping)));
        if (options.terminateOnNan()) {
            trainer.attach(new TerminateOnNan<>(RunHandlers::loss));
        }
        if (rank == 0) {
            // One clock is enough, as a stop is a decision of all, and only one can be saved.
            options.findTimeLimit().ifPresent(limit -> trainer.attach(new TimeLimit<>(limit)));
        }
        this.average = options.findEma().map(ema -> {
            ModelEma<StepBatch, StepOutput> handler =
                    new ModelEma<>(ema, weights, TrainingEvents.STEP_COMPLETED.every(ema.everyIterations()));
            trainer.attach(handler);
            return handler;
        });
    }

    /** Between exchanges of weights, and of rows that all weigh nothing, there is no loss. */
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
        return average.map(AveragedWeights::swap).orElse(() -> {});
    }
}
