package io.firesteel.engine.event;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where an engine's batches come from. A source can be opened at any position, so that a run resumes without fetching
 * what it has seen.
 *
 * @param <B> batch
 */
public interface BatchSource<B> {
    /**
     * Batches of every pass, or where passes differ of the first one, if known. A source that knows must deliver exactly that many: one that ends early fails
     * the run.
     */
    OptionalLong length();

    /**
     * Batches of one pass, if known: where passes differ, which they may if they are epochs. Either all are known or none; all
     * have at least one batch. Depends on the number of the pass alone.
     *
     * @param pass its number, from 1
     */
    default OptionalLong length(long pass) {
        return length();
    }

    /**
     * Starts to deliver the pass {@code position.epoch()} with its batch number {@code position.iteration()}, counted
     * from 0. The caller closes the iterator.
     */
    BatchIterator<B> open(Position position);

    /** The batches of a list, the same in every pass. */
    static <B> BatchSource<B> of(List<B> batches) {
        return new ListSource<>(batches);
    }

    /**
     * The batches of an iterable whose length is unknown, iterated anew for every pass. It can't be entered in the
     * middle: opened at a position inside a pass it fetches and drops what lies before. If its iterators are {@link
     * AutoCloseable}, they are closed.
     */
    static <B> BatchSource<B> of(Iterable<B> batches) {
        return new IterableSource<>(batches);
    }
}
