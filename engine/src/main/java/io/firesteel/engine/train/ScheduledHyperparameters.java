package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.State;
import io.firesteel.engine.optim.HyperparameterSchedules;

/**
 * Sets what an optimization schedules at the start of each iteration, by the engine's place in the run. Schedules count steps, so
 * that a run which accumulates gradients has the values of one with batches as large as its steps.
 */
final class ScheduledHyperparameters {
    private final HyperparameterSchedules schedules;
    private final TrainingStep step;
    private final Accumulation accumulation;

    /** Completed since the run began; not counted where each iteration is a step. */
    private long steps;

    private ScheduledHyperparameters(HyperparameterSchedules schedules, TrainingStep step, Accumulation accumulation) {
        this.schedules = schedules;
        this.step = step;
        this.accumulation = accumulation;
    }

    /** Attaches nothing where nothing is scheduled. */
    static void attach(TrainingSpec spec, TrainingStep step, Engine<StepBatch, StepOutput> trainer) {
        HyperparameterSchedules schedules = new HyperparameterSchedules(spec.optimizer());
        if (!schedules.isEmpty()) {
            new ScheduledHyperparameters(schedules, step, spec.accumulation()).attach(trainer);
        }
        schedules.plateaus().forEach(plateau -> trainer.attach(new PlateauHandler(plateau)));
    }

    private void attach(Engine<StepBatch, StepOutput> trainer) {
        String name = "schedules";
        trainer.on(Events.ITERATION_STARTED, ReplicaTraining.METRICS_PRIORITY, name, this::set);
        if (accumulation.iterations() > 1) {
            trainer.on(Events.STARTED, ReplicaTraining.METRICS_PRIORITY, name, this::begin);
            trainer.on(TrainingEvents.STEP_COMPLETED, ReplicaTraining.METRICS_PRIORITY, name, engine -> steps++);
        }
    }

    private void begin(Engine<StepBatch, StepOutput> engine) {
        steps = engine.progress().firings().getOrDefault(TrainingEvents.STEP_COMPLETED.name(), 0L);
    }

    private void set(Engine<StepBatch, StepOutput> engine) {
        State<StepBatch, StepOutput> state = engine.state();
        long done = accumulation.iterations() > 1 ? steps : state.iteration() - 1;
        double epochs = accumulation.epochs(state);
        step.optimizers().forEach(optimizer -> schedules.apply(optimizer, done, epochs));
    }
}
