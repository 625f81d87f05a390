package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source whose passes differ in length, each of them an epoch. */
@Timeout(30)
class VaryingEpochsTest {
    private static final List<Long> LENGTHS = List.of(4L, 2L, 5L, 1L, 3L);
    private static final int EPOCHS = LENGTHS.size();
    private static final int ITERATIONS = 15;

    /** Its batches are {@code pass * 100 + number}. */
    private record Varying(List<Long> lengths) implements BatchSource<Long> {
        @Override
        public OptionalLong length() {
            return length(1);
        }

        @Override
        public OptionalLong length(long pass) {
            return OptionalLong.of(lengths.get((int) pass - 1));
        }

        @Override
        public BatchIterator<Long> open(Position position) {
            return new BatchIterator<>() {
                private long next = position.iteration();

                @Override
                public boolean hasNext() {
                    return next < lengths.get((int) position.epoch() - 1);
                }

                @Override
                public Long next() {
                    return position.epoch() * 100 + next++;
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }

    private static final BatchSource<Long> SOURCE = new Varying(LENGTHS);

    private static Engine<Long, Long> engine(List<String> log) {
        Engine<Long, Long> engine = new Engine<>("trainer", (e, batch) -> batch);
        engine.on(
                Events.ITERATION_COMPLETED,
                e -> log.add(e.state().epoch() + "." + e.state().epochIteration() + "/"
                        + e.state().epochLength().orElse(-1) + " " + e.state().iteration() + ": "
                        + e.state().output()));
        engine.on(Events.EPOCH_COMPLETED, e -> log.add("end of " + e.state().epoch()));
        return engine;
    }

    private static List<String> unbroken() {
        List<String> log = new ArrayList<>();
        engine(log).run(SOURCE, RunLimit.epochs(EPOCHS));
        return log;
    }

    @Test
    void eachEpochIsOnePassWhateverItsLength() {
        List<String> expected = new ArrayList<>();
        int iteration = 0;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            long length = LENGTHS.get(epoch - 1);
            for (int i = 1; i <= length; i++) {
                iteration++;
                expected.add(epoch + "." + i + "/" + length + " " + iteration + ": " + (epoch * 100 + i - 1));
            }
            expected.add("end of " + epoch);
        }
        assertThat(unbroken()).isEqualTo(expected);
    }

    @Test
    void runGoesOnFromAnyPlaceExactly() {
        List<String> whole = unbroken();
        List<Progress> places = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        List<String> log = new ArrayList<>();
        Engine<Long, Long> engine = engine(log);
        for (Events event : List.of(Events.EPOCH_STARTED, Events.ITERATION_COMPLETED, Events.EPOCH_COMPLETED)) {
            engine.on(event, -1, event.name(), e -> {
                places.add(Progress.fromMap(e.progress().toMap()));
                done.add(log.size());
            });
        }
        engine.run(SOURCE, RunLimit.epochs(EPOCHS));
        assertThat(places).hasSize(ITERATIONS + 2 * EPOCHS);
        for (int i = 0; i < places.size(); i++) {
            List<String> rest = new ArrayList<>();
            Engine<Long, Long> other = engine(rest);
            other.resumeAt(places.get(i));
            other.run(SOURCE, RunLimit.epochs(EPOCHS));
            assertThat(rest).as("%s", places.get(i)).isEqualTo(whole.subList(done.get(i), whole.size()));
        }
    }

    @Test
    void laterRunsAndLimitsInIterationsKeepToTheEpochs() {
        List<String> log = new ArrayList<>();
        Engine<Long, Long> engine = engine(log);
        for (int epochs = 1; epochs <= EPOCHS; epochs++) {
            engine.run(SOURCE, RunLimit.epochs(epochs));
        }
        assertThat(log).isEqualTo(unbroken());
        List<String> limited = new ArrayList<>();
        engine(limited).run(SOURCE, RunLimit.iterations(8));
        assertThat(limited).isEqualTo(unbroken().subList(0, 10));
    }

    @Test
    void epochThatIsLeftIsFollowedByTheNextPass() {
        List<String> log = new ArrayList<>();
        Engine<Long, Long> engine = engine(log);
        engine.on(Events.ITERATION_COMPLETED.once(7), Engine::terminateEpoch);
        engine.run(SOURCE, RunLimit.epochs(4));
        assertThat(log.subList(8, log.size())).containsExactly("3.1/5 7: 300", "end of 3", "4.1/1 8: 400", "end of 4");
    }

    @Test
    void anotherLengthThanBeforeIsRefused() {
        List<String> log = new ArrayList<>();
        Engine<Long, Long> engine = engine(log);
        engine.on(Events.ITERATION_COMPLETED.once(8), Engine::interrupt);
        engine.run(SOURCE, RunLimit.epochs(EPOCHS));
        Progress inThird = engine.progress();
        Engine<Long, Long> other = engine(log);
        other.resumeAt(inThird);
        assertThatThrownBy(() -> other.run(new Varying(List.of(4L, 2L, 6L, 1L, 3L)), RunLimit.epochs(EPOCHS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an epoch would have 6 iterations and had 5 so far");
    }
}
