package io.firesteel.engine.event;

/**
 * What an {@link Engine} does with one batch: a training step, an evaluation.
 *
 * @param <B> batch
 * @param <O> output, kept in {@link State#output()} until the next batch is fetched
 */
@FunctionalInterface
public interface ProcessFunction<B, O> {
    /**
     * Processes one batch.
     *
     * @param engine the engine that runs
     * @param batch the batch, null where the engine runs without data
     * @throws Exception any failure; it ends the run
     */
    O process(Engine<B, O> engine, B batch) throws Exception;
}
