package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.event.BatchIterator;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Position;
import io.firesteel.engine.event.Registration;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.handler.TimeProfile.Part;
import io.firesteel.engine.handler.TimeProfile.Row;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimeProfilerTest {
    private static final long MILLI = 1_000_000;

    private final TestingClock clock = new TestingClock();
    private final TimeProfiler<Integer, Integer> profiler = new TimeProfiler<>(clock);
    private final Engine<Integer, Integer> engine = new Engine<>("trainer", (e, batch) -> {
        clock.advance(Duration.ofMillis(10L * batch));
        return batch;
    });

    /** Two batches, 1 and 2, of which each takes 3 ms to load. */
    private final class SlowSource implements BatchSource<Integer> {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(2);
        }

        @Override
        public BatchIterator<Integer> open(Position position) {
            BatchIterator<Integer> batches = BatchSource.of(List.of(1, 2)).open(position);
            return new BatchIterator<>() {
                @Override
                public boolean hasNext() {
                    return batches.hasNext();
                }

                @Override
                public Integer next() {
                    clock.advance(Duration.ofMillis(3));
                    return batches.next();
                }

                @Override
                public void close() {
                    batches.close();
                }
            };
        }
    }

    private void run(long epochs) {
        engine.run(new SlowSource(), RunLimit.epochs(epochs));
    }

    private Row row(Part part, String event, String handler) {
        return profiler.profile().rows().stream()
                .filter(row -> row.part() == part
                        && row.event().equals(event)
                        && row.handler().equals(handler))
                .findFirst()
                .orElseThrow();
    }

    private static void busy(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void loadingAndProcessingAreMeasured() {
        engine.attach(profiler);
        run(2);

        assertThat(profiler.profile().rows())
                .containsExactly(
                        new Row(Part.DATA, "", "", 4, 12 * MILLI, 3 * MILLI, 3 * MILLI, 0),
                        new Row(
                                Part.PROCESS,
                                "",
                                "",
                                4,
                                60 * MILLI,
                                10 * MILLI,
                                20 * MILLI,
                                Math.sqrt(4 * 25 / 3.0) * MILLI));
    }

    @Test
    void eachHandlerIsMeasuredAtEachOfItsEvents() {
        engine.attach(profiler);
        engine.on(Events.ITERATION_COMPLETED.every(2).or(Events.COMPLETED), 0, "busy", e -> busy(2 * MILLI));
        engine.on(Events.ITERATION_COMPLETED, 0, "idle", e -> {});
        run(3);

        Row busy = row(Part.HANDLER, "ITERATION_COMPLETED", "busy");
        assertThat(busy.count()).isEqualTo(3);
        assertThat(busy.minNanos()).isGreaterThanOrEqualTo(2 * MILLI);
        assertThat(row(Part.HANDLER, "COMPLETED", "busy").count()).isEqualTo(1);
        assertThat(row(Part.HANDLER, "ITERATION_COMPLETED", "idle").count()).isEqualTo(6);
        Row event = row(Part.EVENT, "ITERATION_COMPLETED", "");
        assertThat(event.count()).isEqualTo(6);
        assertThat(event.totalNanos()).isGreaterThanOrEqualTo(busy.totalNanos());
    }

    @Test
    void itIsNotPartOfItsOwnProfile() {
        engine.attach(profiler);
        run(1);

        assertThat(profiler.profile().rows()).extracting(Row::part).containsExactly(Part.DATA, Part.PROCESS);
    }

    @Test
    void aSecondRunBeginsAnew() {
        engine.attach(profiler);
        engine.on(Events.EPOCH_COMPLETED, 0, "note", e -> {});
        run(1);
        run(3);

        assertThat(row(Part.PROCESS, "", "").count()).isEqualTo(4);
        assertThat(row(Part.HANDLER, "EPOCH_COMPLETED", "note").count()).isEqualTo(2);
    }

    @Test
    void afterItWasTakenOffNothingIsMeasured() {
        Registration registration = engine.attach(profiler);
        registration.remove();
        engine.on(Events.EPOCH_COMPLETED, e -> {});
        run(1);

        assertThat(profiler.profile().rows()).isEmpty();
    }

    @Test
    void aSecondProfilerOfAnEngineIsRefused() {
        engine.attach(profiler);
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.attach(new TimeProfiler<>()))
                .withMessage("Cannot observe engine trainer: the time profiler does already"
                        + " (expected one observer at a time)");
    }
}
