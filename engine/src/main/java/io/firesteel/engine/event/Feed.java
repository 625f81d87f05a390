package io.firesteel.engine.event;

import java.util.OptionalLong;

/**
 * The batches of a run, pass after pass. An iterator is opened for one pass and asked for no more than the source's
 * length; where that is unknown, the iterator says when it is dry.
 */
final class Feed<B> implements AutoCloseable {
    private final BatchSource<B> source;
    private final OptionalLong length;
    private final boolean passIsEpoch;
    private final Cursor cursor;
    private BatchIterator<B> iterator;

    Feed(BatchSource<B> source, OptionalLong length, OptionalLong epochLength, Cursor cursor) {
        this.source = source;
        this.length = length;
        this.passIsEpoch = length.isPresent() && length.equals(epochLength);
        this.cursor = cursor;
    }

    boolean isOpen() {
        return iterator != null;
    }

    void open(long epoch) {
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
        iterator = source.open(cursor.position());
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
