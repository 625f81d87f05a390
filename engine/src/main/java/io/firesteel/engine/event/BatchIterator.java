package io.firesteel.engine.event;

import java.util.Iterator;

/**
 * The batches of one pass over a {@link BatchSource}, from where it was opened. Belongs to the engine that opened it,
 * which closes it once the pass ends or the run leaves it, on every path. Closing may make batches that were handed out
 * unusable.
 *
 * @param <B> batch
 */
public interface BatchIterator<B> extends Iterator<B>, AutoCloseable {
    /** Releases what the iterator holds; called once. */
    @Override
    void close();
}
