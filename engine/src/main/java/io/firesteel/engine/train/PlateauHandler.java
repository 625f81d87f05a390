package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import io.firesteel.engine.optim.Plateau;
import io.firesteel.engine.schedule.ReducePlateau;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tells a plateau the merged metric at the end of each epoch: the same on all replicas, which therefore lower the
 * hyper-parameter alike. What it has lowered is set at the next iteration.
 */
final class PlateauHandler implements Handler<StepBatch, StepOutput>, Stateful {
    /** After the metrics are merged, before handlers of users. */
    private static final int PRIORITY = ReplicaTraining.METRICS_PRIORITY / 2;

    private static final int VERSION = 1;
    private static final String VALUE = "value";
    private static final String BEST = "best";
    private static final String COUNT = "withoutImprovement";
    private static final String COOLDOWN = "cooldown";

    private final Plateau plateau;

    PlateauHandler(Plateau plateau) {
        this.plateau = plateau;
    }

    @Override
    public String name() {
        return "plateau of " + plateau.definition().target();
    }

    @Override
    public void attach(Engine<StepBatch, StepOutput> engine) {
        engine.on(Events.STARTED, PRIORITY, name(), this::begin);
        engine.on(Events.EPOCH_COMPLETED, PRIORITY, name(), this::look);
    }

    private void begin(Engine<StepBatch, StepOutput> engine) {
        if (engine.state().iteration() == 0) {
            plateau.begin();
        }
    }

    private void look(Engine<StepBatch, StepOutput> engine) {
        Map<String, Double> metrics = engine.state().metrics();
        Double metric = metrics.get(plateau.definition().metric());
        if (metric == null) {
            throw new IllegalStateException("Cannot watch metric "
                    + plateau.definition().metric() + " for the "
                    + name() + ": there is none (expected one of: " + String.join(", ", new TreeSet<>(metrics.keySet()))
                    + ")");
        }
        plateau.next(metric);
    }

    @Override
    public StateDict state() {
        ReducePlateau.State state = plateau.state();
        return StateDict.builder(VERSION)
                .put(VALUE, state.value())
                .put(BEST, state.best())
                .put(COUNT, state.withoutImprovement())
                .put(COOLDOWN, state.cooldown())
                .build();
    }

    @Override
    public void restore(StateDict saved) {
        saved.require(VERSION, VALUE, BEST, COUNT, COOLDOWN);
        plateau.restore(new ReducePlateau.State(
                saved.doubleValue(VALUE),
                saved.doubleValue(BEST),
                Math.toIntExact(saved.longValue(COUNT)),
                Math.toIntExact(saved.longValue(COOLDOWN))));
    }
}
