package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class BatchSourceTest {
    private static <B> List<B> batches(BatchSource<B> source, Position position) {
        List<B> batches = new ArrayList<>();
        try (BatchIterator<B> iterator = source.open(position)) {
            iterator.forEachRemaining(batches::add);
        }
        return batches;
    }

    @Test
    void aListIsOpenedAnywhere() {
        BatchSource<String> source = BatchSource.of(List.of("a", "b", "c"));

        assertThat(source.length()).hasValue(3);
        assertThat(batches(source, Position.START)).containsExactly("a", "b", "c");
        assertThat(batches(source, new Position(4, 2))).containsExactly("c");
        assertThat(batches(source, new Position(4, 3))).isEmpty();
    }

    @Test
    void aListThatIsUsedUpSaysSo() {
        try (BatchIterator<String> iterator = BatchSource.of(List.of("a")).open(new Position(1, 1))) {
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("Cannot read batch 1: the list has 1");
        }
    }

    @Test
    void anIterableIsOfUnknownLengthAndOpenedAnywhere() {
        Iterable<String> iterable = new LinkedHashSet<>(List.of("a", "b", "c"));
        BatchSource<String> source = BatchSource.of(iterable);

        assertThat(source.length()).isEmpty();
        assertThat(batches(source, new Position(2, 1))).containsExactly("b", "c");
        assertThat(batches(source, new Position(2, 9))).isEmpty();
    }

    /** An iterator over nothing that counts its closings. */
    private static final class Closeable implements Iterator<String>, AutoCloseable {
        private final IOException failure;
        private final boolean failsToSkip;
        private int closed;

        Closeable(IOException failure, boolean failsToSkip) {
            this.failure = failure;
            this.failsToSkip = failsToSkip;
        }

        @Override
        public boolean hasNext() {
            return failsToSkip;
        }

        @Override
        public String next() {
            throw new IllegalStateException("Cannot skip");
        }

        @Override
        public void close() throws IOException {
            closed++;
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Test
    void anIterablesIteratorIsClosedIfItCanBe() {
        Closeable iterator = new Closeable(null, false);

        batches(BatchSource.of((Iterable<String>) () -> iterator), Position.START);

        assertThat(iterator.closed).isEqualTo(1);
    }

    @Test
    void anIterablesIteratorIsClosedIfSkippingFails() {
        Closeable iterator = new Closeable(null, true);

        assertThatThrownBy(() -> batches(BatchSource.of((Iterable<String>) () -> iterator), new Position(1, 2)))
                .hasMessage("Cannot skip");
        assertThat(iterator.closed).isEqualTo(1);
    }

    @Test
    void aCheckedFailureToCloseKeepsItsCause() {
        Closeable iterator = new Closeable(new IOException("gone"), false);

        assertThatThrownBy(() -> batches(BatchSource.of((Iterable<String>) () -> iterator), Position.START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot close the iterator of a batch source: java.io.IOException: gone")
                .hasRootCauseMessage("gone");
    }
}
