package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.BatchIterator;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Position;
import java.util.OptionalLong;

/** A source of steps that counts the time which the engine waits for them. */
final class StepSource implements BatchSource<StepBatch> {
    private final BatchSource<StepBatch> steps;
    private final PhaseTimes times;
    private final Phase phase;

    StepSource(BatchSource<StepBatch> steps, PhaseTimes times, Phase phase) {
        this.steps = steps;
        this.times = times;
        this.phase = phase;
    }

    @Override
    public OptionalLong length() {
        return steps.length();
    }

    @Override
    public OptionalLong length(long pass) {
        return steps.length(pass);
    }

    @Override
    public BatchIterator<StepBatch> open(Position position) {
        return new Steps(steps.open(position));
    }

    private final class Steps implements BatchIterator<StepBatch> {
        private final BatchIterator<StepBatch> iterator;

        Steps(BatchIterator<StepBatch> iterator) {
            this.iterator = iterator;
        }

        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public StepBatch next() {
            long start = System.nanoTime();
            StepBatch step = iterator.next();
            times.addSince(phase, start);
            return step;
        }

        @Override
        public void close() {
            iterator.close();
        }
    }
}
