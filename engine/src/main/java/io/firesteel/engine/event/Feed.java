package io.firesteel.engine.event;

import java.util.OptionalLong;

/**
 * The batches of a run, pass after pass. An iterator is opened for one pass and asked for no more than the source's
 * length; where that is unknown, the iterator says when it is dry.
 */
final class Feed<B> implements AutoCloseable {
    private final BatchSource<B> source;
    private final boolean passIsEpoch;
    private final Cursor cursor;
    private BatchIterator<B> iterator;

    /** Of the pass that was opened last. */
    private OptionalLong length = OptionalLong.empty();

    /** @param passIsEpoch whether each epoch reads one pass, whose length is known */
    Feed(BatchSource<B> source, boolean passIsEpoch, Cursor cursor) {
        this.source = source;
        this.passIsEpoch = passIsEpoch;
        this.cursor = cursor;
    }

    /** Iterations of an epoch that reads one pass; empty for one that doesn't. */
    OptionalLong epochLength(long epoch) {
        return passIsEpoch ? source.length(epoch) : OptionalLong.empty();
    }

    boolean isOpen() {
        return iterator != null;
    }

    void open(long epoch) {
        length = source.length(cursor.position().epoch());
        if (length.isPresent() && cursor.fetchedInPass() >= length.getAsLong()) {
            cursor.startNextPass();
        }
        openPass(epoch);
    }

    boolean hasNext() {
        if (length.isPresent() && cursor.fetchedInPass() >= length.getAsLong()) {
            return false;
        }
        boolean more = iterator.hasNext();
        if (!more && length.isPresent()) {
            throw new IllegalStateException("Cannot read batch " + (cursor.fetchedInPass() + 1) + " of pass "
                    + cursor.position().epoch() + ": the source ended early (" + cursor.fetchedInPass()
                    + " batches, expected " + length.getAsLong() + ")");
        }
        return more;
    }

    B next() {
        B batch = iterator.next();
        cursor.fetched();
        return batch;
    }

    void openNextPass(long epoch) {
        close();
        cursor.startNextPass();
        openPass(epoch);
    }

    void leavePass() {
        close();
        cursor.leavePass();
    }

    /** A source that delivers one pass an epoch is given the epoch's number, also after epochs that were left early. */
    private void openPass(long epoch) {
        if (passIsEpoch && cursor.fetchedInPass() == 0) {
            cursor.startPass(epoch);
        }
        Position position = cursor.position();
        length = source.length(position.epoch());
        iterator = source.open(position);
    }

    @Override
    public void close() {
        BatchIterator<B> open = iterator;
        iterator = null;
        if (open != null) {
            open.close();
        }
    }
}
