package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.data.StepBatches;
import io.firesteel.engine.data.StepIterator;
import io.firesteel.engine.event.BatchIterator;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Position;
import java.util.OptionalLong;

/** A replica's steps as an engine's source of batches; counts the time that the engine waits for them. */
final class StepSource implements BatchSource<StepBatch> {
    private final StepBatches steps;
    private final PhaseTimes times;
    private final Phase phase;

    StepSource(StepBatches steps, PhaseTimes times, Phase phase) {
        this.steps = steps;
        this.times = times;
        this.phase = phase;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(steps.steps());
    }

    @Override
    public BatchIterator<StepBatch> open(Position position) {
        return new Steps(steps.open(Math.toIntExact(position.epoch()), position.iteration()));
    }

    private final class Steps implements BatchIterator<StepBatch> {
        private final StepIterator iterator;

        Steps(StepIterator iterator) {
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
