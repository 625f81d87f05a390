package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws how far an epoch is, on one line of a terminal that is written over, at most five times a second: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.tqdm_logger.ProgressBar.html">ProgressBar</a>. The line of an
 * epoch that is over shows the engine's metrics, and stays. Attach it on one replica.
 *
 * <p>Differs from Ignite's, which may draw the progress of a whole run or at other events too. Where the terminal can't be written
 * to, drawing ends with a warning in the log, and the run goes on.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class ProgressBar<B, O> implements Handler<B, O> {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressBar.class);

    /** After all that belongs to an iteration or an epoch. */
    private static final int PRIORITY = -1500;

    private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

    private final Appendable terminal;
    private final LongSupplier clock;
    private final Function<? super O, Map<String, Double>> shown;
    private final ProgressLine line = new ProgressLine();

    private long epochStart;
    private long iterationsBefore;
    private long nextDrawing;
    private boolean broken;

    /**
     * @param terminal where it draws, such as {@code System.err}; stays the caller's
     * @param shown what is shown of the last output, by name
     */
    public ProgressBar(Appendable terminal, Function<? super O, Map<String, Double>> shown) {
        this(terminal, shown, System::nanoTime);
    }

    /**
     * @param terminal where it draws; stays the caller's
     * @param shown what is shown of the last output, by name
     * @param nanoClock nanoseconds since any moment, never going back
     */
    public ProgressBar(Appendable terminal, Function<? super O, Map<String, Double>> shown, LongSupplier nanoClock) {
        this.terminal = Objects.requireNonNull(terminal, "terminal");
        this.shown = Objects.requireNonNull(shown, "shown");
        this.clock = Objects.requireNonNull(nanoClock, "nanoClock");
    }

    @Override
    public String name() {
        return "progress bar";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.EPOCH_STARTED, PRIORITY, name(), this::begin);
        engine.on(Events.ITERATION_COMPLETED, PRIORITY, name(), this::advance);
        engine.on(Events.EPOCH_COMPLETED, PRIORITY, name(), this::end);
        engine.on(Events.TERMINATE, PRIORITY, name(), e -> leaveLine());
        engine.on(Events.EXCEPTION_RAISED, PRIORITY, name(), e -> leaveLine());
    }

    private void begin(Engine<B, O> engine) {
        epochStart = clock.getAsLong();
        iterationsBefore = engine.state().epochIteration();
        nextDrawing = epochStart;
    }

    private void advance(Engine<B, O> engine) {
        long now = clock.getAsLong();
        if (now >= nextDrawing) {
            nextDrawing = now + INTERVAL_NANOS;
            State<B, O> state = engine.state();
            write(line.over(state, seconds(now), iterationsBefore, shown.apply(state.output())));
        }
    }

    private void end(Engine<B, O> engine) {
        State<B, O> state = engine.state();
        write(line.over(state, seconds(clock.getAsLong()), iterationsBefore, state.metrics()));
        leaveLine();
    }

    /** Whatever comes next on the terminal begins on a line of its own. */
    private void leaveLine() {
        write(line.leave());
    }

    private double seconds(long now) {
        return (now - epochStart) / 1e9;
    }

    private void write(String text) {
        if (broken) {
            return;
        }
        try {
            terminal.append(text);
        } catch (IOException e) {
            broken = true;
            LOG.warn("The progress bar ends, as the terminal can't be written to: {}", e.getMessage(), e);
        }
    }
}
