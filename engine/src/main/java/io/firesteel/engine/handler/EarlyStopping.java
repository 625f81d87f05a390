package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Ends the run once a metric hasn't improved for some epochs: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.early_stopping.EarlyStopping.html">EarlyStopping</a>. Looks at
 * EPOCH_COMPLETED, after the handlers that put the metric there. The first value is recorded only; after each further one
 * without improvement a count goes up, and at the patience the run is terminated. All replicas that see the same merged metrics
 * stop at the same epoch.
 *
 * <p>Differs from Ignite's, where:
 *
 * <ul>
 *   <li>NaN is an improvement, after which nothing stops the run any more. Here it never is one, and may stop the run at once.
 *   <li>A score function says that higher is better. Here a mode does.
 *   <li>A relative threshold of a negative best makes worse scores improvements. Here it is a share of the absolute value.
 *   <li>Each start of the engine it is attached to begins the count anew, that of an evaluator before every score and that of a
 *       resumed trainer too. Here only a run that begins at iteration 0 does.
 *   <li>The count isn't saved unless it is listed. Here it is.
 * </ul>
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class EarlyStopping<B, O> implements Handler<B, O>, Stateful {
    private static final int VERSION = 1;
    private static final String BEST = "best";
    private static final String COUNT = "withoutImprovement";

    private final EarlyStoppingOptions options;

    /** NaN as long as there is none. */
    private double best = Double.NaN;

    private long withoutImprovement;

    public EarlyStopping(EarlyStoppingOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    @Override
    public String name() {
        return "early stopping on " + options.metric();
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.STARTED, 0, name(), this::begin);
        engine.on(Events.EPOCH_COMPLETED, 0, name(), this::look);
    }

    /** The value that others are compared with; NaN before the first. */
    public double best() {
        return best;
    }

    /** Epochs since the last improvement, &gt;= 0. */
    public long withoutImprovement() {
        return withoutImprovement;
    }

    @Override
    public StateDict state() {
        return StateDict.builder(VERSION)
                .put(BEST, best)
                .put(COUNT, withoutImprovement)
                .build();
    }

    @Override
    public void restore(StateDict saved) {
        saved.require(VERSION, BEST, COUNT);
        long count = saved.longValue(COUNT);
        Valid.notNegative(COUNT, count);
        best = saved.doubleValue(BEST);
        withoutImprovement = count;
    }

    private void begin(Engine<B, O> engine) {
        if (engine.state().iteration() == 0) {
            best = Double.NaN;
            withoutImprovement = 0;
        }
    }

    private void look(Engine<B, O> engine) {
        double value = value(engine);
        if (Double.isNaN(value) && options.nan() == EarlyStoppingOptions.Nan.STOP) {
            engine.terminate("early stopping: " + options.metric() + " is NaN (best " + shownBest() + ", patience "
                    + options.patience() + ")");
            return;
        }
        record(value);
        if (withoutImprovement >= options.patience()) {
            engine.terminate("early stopping: " + options.metric() + " is " + value + " (best " + shownBest() + ", "
                    + withoutImprovement + " epochs without improvement, patience " + options.patience() + ")");
        }
    }

    private void record(double value) {
        boolean first = Double.isNaN(best);
        if ((first && !Double.isNaN(value)) || options.isImprovement(value, best)) {
            best = value;
            withoutImprovement = 0;
            return;
        }
        withoutImprovement++;
        if (options.baseline() == EarlyStoppingOptions.Baseline.BEST && options.isBetter(value, best)) {
            best = value;
        }
    }

    private double value(Engine<B, O> engine) {
        Map<String, Double> metrics = engine.state().metrics();
        Double value = metrics.get(options.metric());
        if (value == null) {
            throw new IllegalStateException("Cannot watch metric " + options.metric() + " of engine " + engine.name()
                    + ": there is none (it has " + new TreeSet<>(metrics.keySet())
                    + ", expected it there at EPOCH_COMPLETED before priority 0)");
        }
        return value;
    }

    private String shownBest() {
        return Double.isNaN(best) ? "none" : String.valueOf(best);
    }
}
