package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Keeps what an epoch has put out, one value per iteration, until the next epoch starts: Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.handlers.stores.EpochOutputStore.html">EpochOutputStore</a>. Handlers of
 * ITERATION_COMPLETED with a priority below 0 find the value of that iteration. The values stay in memory, so the function should
 * take out of an output what is needed and nothing that belongs to a batch.
 *
 * <p>Differs from Ignite's, which also puts the list into the engine's state. It isn't saved: a run that is resumed inside an epoch
 * has the values of the rest of it.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 * @param <T> what is kept of an output
 */
public final class OutputStore<B, O, T> implements Handler<B, O> {
    private final Function<? super O, ? extends T> kept;
    private final List<T> outputs = new ArrayList<>();

    /** @param kept what is kept of an output; null is kept too */
    public OutputStore(Function<? super O, ? extends T> kept) {
        this.kept = Objects.requireNonNull(kept, "kept");
    }

    @Override
    public String name() {
        return "output store";
    }

    @Override
    public void attach(Engine<B, O> engine) {
        engine.on(Events.EPOCH_STARTED, 0, name(), e -> outputs.clear());
        engine.on(
                Events.ITERATION_COMPLETED,
                0,
                name(),
                e -> outputs.add(kept.apply(e.state().output())));
    }

    /** Those of the epoch that runs or ran last, in order: a view that changes with the run and can't be written to. */
    public List<T> outputs() {
        return Collections.unmodifiableList(outputs);
    }
}
