package io.firesteel.engine.event;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Delivers the numbers 0, 1, ... of a pass and writes down where it was opened and how often it was closed; may hide
 * its length, run out for good, or end early.
 */
final class TestSource implements BatchSource<Long> {
    final List<Position> opened = new ArrayList<>();
    final List<Long> delivered = new ArrayList<>();
    int closed;

    private final OptionalLong length;
    private final long batchesOfPass;
    private final long passes;

    private TestSource(OptionalLong length, long batchesOfPass, long passes) {
        this.length = length;
        this.batchesOfPass = batchesOfPass;
        this.passes = passes;
    }

    static TestSource sized(long batches) {
        return new TestSource(OptionalLong.of(batches), batches, Long.MAX_VALUE);
    }

    /** Of unknown length; each pass has as many. */
    static TestSource unsized(long batches) {
        return new TestSource(OptionalLong.empty(), batches, Long.MAX_VALUE);
    }

    /** Of unknown length; later passes are empty. */
    static TestSource oneShot(long batches) {
        return new TestSource(OptionalLong.empty(), batches, 1);
    }

    static TestSource endless() {
        return unsized(Long.MAX_VALUE);
    }

    /** Says one length and delivers another. */
    static TestSource lying(long said, long batches) {
        return new TestSource(OptionalLong.of(said), batches, Long.MAX_VALUE);
    }

    int stillOpen() {
        return opened.size() - closed;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public BatchIterator<Long> open(Position position) {
        opened.add(position);
        long end = position.epoch() <= passes ? batchesOfPass : 0;
        return new BatchIterator<>() {
            private long next = position.iteration();

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public Long next() {
                delivered.add(next);
                return next++;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
