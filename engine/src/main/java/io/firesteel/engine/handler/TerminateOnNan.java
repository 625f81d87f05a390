package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Ends the run after the first iteration whose output has a value that isn't a finite number: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.terminate_on_nan.TerminateOnNan.html">TerminateOnNan</a>.
 *
 * <p>Differs from Ignite's, which walks through whatever the output is made of: here a function says which numbers count. An
 * output that has a NaN on purpose, such as the loss between two exchanges of weights, is for that function to leave out.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class TerminateOnNan<B, O> implements Handler<B, O> {
    private final Function<? super O, double[]> values;

    /** @param values the numbers of an output; may be none */
    public TerminateOnNan(Function<? super O, double[]> values) {
        this.values = Objects.requireNonNull(values, "values");
    }

    /**
     * Looks at one number.
     *
     * @param value the number of an output
     */
    public static <B, O> TerminateOnNan<B, O> of(ToDoubleFunction<? super O> value) {
        Objects.requireNonNull(value, "value");
        return new TerminateOnNan<>(output -> new double[] {value.applyAsDouble(output)});
    }

    @Override
    public String name() {
        return "NaN guard";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.ITERATION_COMPLETED, 0, name(), this::look);
    }

    private void look(Engine<B, O> engine) {
        for (double value : values.apply(engine.state().output())) {
            if (!Double.isFinite(value)) {
                engine.terminate("the output of iteration " + engine.state().iteration() + " has " + value);
                return;
            }
        }
    }
}
