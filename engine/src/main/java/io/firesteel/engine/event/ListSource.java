package io.firesteel.engine.event;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/** A list as a source that knows its length. */
final class ListSource<B> implements BatchSource<B> {
    private final List<B> batches;

    ListSource(List<B> batches) {
        this.batches = batches;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(batches.size());
    }

    @Override
    public BatchIterator<B> open(Position position) {
        return new Pass<>(batches, Math.toIntExact(position.iteration()));
    }

    /** A source of the same list object. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
        return other instanceof ListSource<?> source && source.batches == batches;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(batches);
    }

    @Override
    public String toString() {
        return "of " + batches.size() + " batches in a list";
    }

    private static final class Pass<B> implements BatchIterator<B> {
        private final List<B> batches;
        private int next;

        Pass(List<B> batches, int next) {
            this.batches = batches;
            this.next = next;
        }

        @Override
        public boolean hasNext() {
            return next < batches.size();
        }

        @Override
        public B next() {
            if (!hasNext()) {
                throw new NoSuchElementException("Cannot read batch " + next + ": the list has " + batches.size());
            }
            return batches.get(next++);
        }

        @Override
        public void close() {}
    }
}
