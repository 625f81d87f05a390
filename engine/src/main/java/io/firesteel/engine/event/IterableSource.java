package io.firesteel.engine.event;

import java.util.Iterator;
import java.util.OptionalLong;

/** An iterable as a source of unknown length. */
final class IterableSource<B> implements BatchSource<B> {
    private final Iterable<B> batches;

    IterableSource(Iterable<B> batches) {
        this.batches = batches;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public BatchIterator<B> open(Position position) {
        Pass<B> pass = new Pass<>(batches.iterator());
        try {
            for (long i = 0; i < position.iteration() && pass.hasNext(); i++) {
                pass.next();
            }
            return pass;
        } catch (Throwable failure) {
            pass.close();
            throw failure;
        }
    }

    /** A source of the same iterable object. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
        return other instanceof IterableSource<?> source && source.batches == batches;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(batches);
    }

    @Override
    public String toString() {
        return "of unknown length";
    }

    private static final class Pass<B> implements BatchIterator<B> {
        private final Iterator<B> iterator;

        Pass(Iterator<B> iterator) {
            this.iterator = iterator;
        }

        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public B next() {
            return iterator.next();
        }

        @Override
        public void close() {
            if (iterator instanceof AutoCloseable closeable) {
                close(closeable);
            }
        }

        private static void close(AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                if (failure instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("Cannot close the iterator of a batch source: " + failure, failure);
            }
        }
    }
}
