package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;

/** Tells a trainer's handlers where steps end, and ends the one that the end of an epoch cuts short. */
final class StepEvents {
    /** At ITERATION_COMPLETED: after what may change the weights, before what saves them. */
    private static final int PRIORITY = -500;

    /** At EPOCH_COMPLETED: what comes after it needs the weights of all. */
    private static final int END_PRIORITY = ReplicaTraining.AVERAGE_PRIORITY + 1;

    private final TrainingStep step;

    private StepEvents(TrainingStep step) {
        this.step = step;
    }

    static void attach(TrainingStep step, Engine<StepBatch, StepOutput> trainer) {
        StepEvents events = new StepEvents(step);
        trainer.registerEvents(TrainingEvents.values());
        trainer.on(Events.ITERATION_COMPLETED, PRIORITY, "steps", events::complete);
        trainer.on(Events.EPOCH_COMPLETED, END_PRIORITY, "weights", events::synchronize);
    }

    private void complete(Engine<StepBatch, StepOutput> engine) {
        if (!step.isInsideStep()) {
            engine.fire(TrainingEvents.STEP_COMPLETED);
        }
    }

    /** Epochs of unknown length end inside a step, and a handler may end an epoch early. */
    private void synchronize(Engine<StepBatch, StepOutput> engine) {
        boolean cutShort = step.isInsideStep();
        step.synchronize(engine.state().iteration());
        if (cutShort) {
            engine.fire(TrainingEvents.STEP_COMPLETED);
        }
    }
}
