package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.State;
import io.firesteel.engine.optim.HyperparameterSchedules;
import io.firesteel.engine.optim.Optimization;

/** Sets what an optimization schedules at the start of each iteration, by the engine's place in the run. */
final class ScheduledHyperparameters {
    private final HyperparameterSchedules schedules;
    private final TrainingStep step;

    private ScheduledHyperparameters(HyperparameterSchedules schedules, TrainingStep step) {
        this.schedules = schedules;
        this.step = step;
    }

    /** Attaches nothing where nothing is scheduled. */
    static void attach(Optimization optimization, TrainingStep step, Engine<StepBatch, StepOutput> trainer) {
        HyperparameterSchedules schedules = new HyperparameterSchedules(optimization);
        if (!schedules.isEmpty()) {
            ScheduledHyperparameters handler = new ScheduledHyperparameters(schedules, step);
            trainer.on(Events.ITERATION_STARTED, ReplicaTraining.METRICS_PRIORITY, "schedules", handler::set);
        }
        schedules.plateaus().forEach(plateau -> trainer.attach(new PlateauHandler(plateau)));
    }

    /** While the length of an epoch is unknown, which is in the first pass over some sources, an epoch has no shares. */
    private void set(Engine<StepBatch, StepOutput> engine) {
        State<StepBatch, StepOutput> state = engine.state();
        double done = state.epochIteration() - 1;
        double share =
                state.epochLength().isPresent() ? done / state.epochLength().getAsLong() : 0;
        double epochs = state.epoch() - 1 + share;
        step.optimizers().forEach(optimizer -> schedules.apply(optimizer, state.iteration() - 1, epochs));
    }
}
