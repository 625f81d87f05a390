package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What leaves a run that fails, who is told, and what is left behind. */
class EngineFailureTest {
    private final TestSource source = TestSource.sized(3);

    private static Engine<Long, Long> failingAt(long iteration, Exception failure) {
        return new Engine<>("train", (engine, batch) -> {
            if (engine.state().iteration() == iteration) {
                throw failure;
            }
            return batch;
        });
    }

    @Test
    void aFailureOfTheProcessFunctionLeavesTheRunUnchangedAndSaysWhere() {
        IllegalArgumentException failure = new IllegalArgumentException("shape mismatch");
        Engine<Long, Long> engine = failingAt(2, failure);
        Trace trace = Trace.of(engine);

        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(3))).isSameAs(failure);

        assertThat(trace.text()).endsWith("IS(1,2) EX(1,2)");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(context -> assertThat(context)
                        .isInstanceOf(FailureContext.class)
                        .hasMessage("In the process function of engine train (epoch 1, iteration 2)"));
        assertThat(engine.failure()).containsSame(failure);
        assertThat(source.stillOpen()).isZero();
    }

    @Test
    void aCheckedExceptionIsWrappedAndTheCauseSaysWhere() {
        IOException failure = new IOException("disk full");
        Engine<Long, Long> engine = failingAt(2, failure);

        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(3)))
                .isInstanceOf(EngineException.class)
                .hasMessage("Cannot finish the run of engine train: java.io.IOException: disk full")
                .hasCause(failure);
        assertThat(failure.getSuppressed()[0])
                .hasMessage("In the process function of engine train (epoch 1, iteration 2)");
        assertThat(engine.failure()).containsSame(failure);
    }

    @Test
    void anErrorLeavesTheRunUnchanged() {
        OutOfMemoryError failure = new OutOfMemoryError("test");
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> {
            throw failure;
        });
        Trace trace = Trace.of(engine);

        assertThat(catchThrowable(() -> engine.run(source, RunLimit.epochs(1)))).isSameAs(failure);
        assertThat(trace.count("EX")).isEqualTo(1);
    }

    @Test
    void anInterruptedThreadStaysInterruptedOnceHandlersWereTold() {
        Engine<Long, Long> engine = failingAt(1, new InterruptedException("stop"));
        boolean[] inHandler = new boolean[1];
        engine.on(
                Events.EXCEPTION_RAISED,
                e -> inHandler[0] = Thread.currentThread().isInterrupted());

        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(1))).isInstanceOf(EngineException.class);

        assertThat(inHandler[0]).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Events.class,
            names = {"INTERRUPT", "EXCEPTION_RAISED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aFailingHandlerIsNamedWithItsEvent(Events event) {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        IllegalStateException failure = new IllegalStateException("cannot write");
        engine.on(event, 0, "checkpoint", e -> {
            throw failure;
        });
        if (event == Events.TERMINATE) {
            engine.on(Events.EPOCH_STARTED, e -> e.terminate());
        }
        if (event == Events.TERMINATE_SINGLE_EPOCH) {
            engine.on(Events.ITERATION_STARTED, e -> e.terminateEpoch());
        }
        Trace trace = Trace.of(engine);

        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(2))).isSameAs(failure);

        State<Long, Long> state = engine.state();
        assertThat(failure.getSuppressed()[0])
                .hasMessage("In handler checkpoint at " + event + " of engine train (epoch " + state.epoch()
                        + ", iteration " + state.iteration() + ")");
        assertThat(trace.count("EX")).isEqualTo(1);
        assertThat(trace.names()).endsWith("EX");
        assertThat(source.stillOpen()).isZero();
    }

    @Test
    void handlersWithoutNameAreCalledByTheirClassOrTheirNumber() {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        engine.on(Events.STARTED, e -> {});
        engine.on(Events.COMPLETED, e -> {
            throw new IllegalStateException("second");
        });
        Registration named = engine.on(Events.STARTED, new NanGuard());

        assertThat(catchThrowable(() -> engine.run(source, RunLimit.epochs(1))).getSuppressed()[0])
                .hasMessageStartingWith("In handler NanGuard at STARTED");
        named.remove();
        assertThat(catchThrowable(() -> engine.run(source, RunLimit.epochs(1))).getSuppressed()[0])
                .hasMessageStartingWith("In handler #2 at COMPLETED");
    }

    private static final class NanGuard implements EventHandler<Long, Long> {
        @Override
        public void handle(Engine<Long, Long> engine) {
            throw new IllegalStateException("NaN");
        }
    }

    @Test
    void exceptionHandlersAllRunOnceAndTheirFailuresFollowTheFirst() {
        IllegalArgumentException failure = new IllegalArgumentException("shape mismatch");
        Engine<Long, Long> engine = failingAt(2, failure);
        List<Throwable> told = new ArrayList<>();
        engine.on(Events.EXCEPTION_RAISED, 1, "rethrow", e -> {
            throw (RuntimeException) e.failure().orElseThrow();
        });
        engine.on(Events.EXCEPTION_RAISED, 0, "mail", e -> {
            throw new IOException("no route");
        });
        engine.on(Events.EXCEPTION_RAISED, -1, "last", e -> told.add(e.failure().orElseThrow()));

        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(1))).isSameAs(failure);

        assertThat(told).containsExactly(failure);
        assertThat(failure.getSuppressed())
                .filteredOn(second -> second instanceof IOException)
                .singleElement()
                .satisfies(second -> assertThat(second)
                        .hasMessage("no route")
                        .satisfies(e -> assertThat(e.getSuppressed()[0])
                                .hasMessageStartingWith("In handler mail at EXCEPTION_RAISED")));
        assertThat(engine.eventCounts()).containsEntry("EXCEPTION_RAISED", 1L);
    }

    @Test
    void anExceptionHandlerThatWasRemovedOrTerminatesChangesNothing() {
        IllegalArgumentException failure = new IllegalArgumentException("shape mismatch");
        Engine<Long, Long> engine = failingAt(2, failure);
        Trace trace = Trace.of(engine);
        engine.on(Events.EXCEPTION_RAISED, e -> {}).remove();
        engine.on(Events.EXCEPTION_RAISED, e -> e.terminate());

        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(1))).isSameAs(failure);

        assertThat(trace.names()).endsWith("IS EX");
    }

    @Test
    void aFailedEngineRunsAgainWithTheNextEpoch() {
        Engine<Long, Long> engine = failingAt(2, new IllegalArgumentException("once"));
        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(3))).hasMessage("once");
        Trace trace = Trace.of(engine);

        engine.run(source, RunLimit.epochs(3));

        assertThat(engine.failure()).isEmpty();
        assertThat(trace.text())
                .startsWith("ST(1,2) ES(2,2) GBS(2,2) GBC(2,2) IS(2,3)")
                .endsWith("EC(3,8) CO(3,8)");
    }

    @Test
    void aFailedEngineResumesAtTheBatchThatFailed() {
        boolean[] healed = {false};
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> {
            if (e.state().iteration() == 5 && !healed[0]) {
                throw new IllegalArgumentException("once");
            }
            return batch;
        });
        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(3))).hasMessage("once");
        healed[0] = true;
        source.delivered.clear();

        engine.resumeAt(engine.progress());
        engine.run(source, RunLimit.epochs(3));

        assertThat(source.delivered).containsExactly(1L, 2L, 0L, 1L, 2L);
        assertThat(engine.state().iteration()).isEqualTo(9);
    }

    static Stream<Arguments> brokenSources() {
        return Stream.of(
                Arguments.of("open", "Cannot open"),
                Arguments.of("hasNext", "Cannot look"),
                Arguments.of("next", "Cannot fetch"),
                Arguments.of("close", "Cannot close"));
    }

    @ParameterizedTest
    @MethodSource("brokenSources")
    void aFailingSourceIsNamed(String method, String message) {
        BrokenSource broken = new BrokenSource(method, message);
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        Trace trace = Trace.of(engine);

        Throwable failure = catchThrowable(() -> engine.run(broken, RunLimit.epochs(1)));

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThat(failure.getSuppressed()[0]).hasMessageStartingWith("In the batch source of engine train (epoch 1");
        assertThat(trace.names()).endsWith("EX");
        assertThat(broken.open).isZero();
    }

    /** Fails in one method and delivers 0 for ever in the others. */
    private static final class BrokenSource implements BatchSource<Long> {
        private final String method;
        private final String message;
        private int open;

        BrokenSource(String method, String message) {
            this.method = method;
            this.message = message;
        }

        private void failIn(String here) {
            if (here.equals(method)) {
                throw new IllegalStateException(message);
            }
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(2);
        }

        @Override
        public BatchIterator<Long> open(Position position) {
            failIn("open");
            open++;
            return new BatchIterator<>() {
                @Override
                public boolean hasNext() {
                    failIn("hasNext");
                    return true;
                }

                @Override
                public Long next() {
                    failIn("next");
                    return 0L;
                }

                @Override
                public void close() {
                    open--;
                    failIn("close");
                }
            };
        }
    }

    @Test
    void aSourceThatEndsBeforeItsLengthFailsTheRun() {
        TestSource lying = TestSource.lying(10, 7);
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);

        assertThatThrownBy(() -> engine.run(lying, RunLimit.epochs(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read batch 8 of pass 1: the source ended early (7 batches, expected 10)");
        assertThat(lying.stillOpen()).isZero();
    }

    @Test
    void aFailureToCloseFollowsTheFirst() {
        BrokenSource broken = new BrokenSource("close", "Cannot close");
        Engine<Long, Long> engine = failingAt(1, new IllegalArgumentException("shape mismatch"));

        Throwable failure = catchThrowable(() -> engine.run(broken, RunLimit.epochs(1)));

        assertThat(failure).hasMessage("shape mismatch");
        assertThat(failure.getSuppressed()).extracting(Throwable::getMessage).contains("Cannot close");
        assertThat(broken.open).isZero();
    }

    @Test
    void aNestedEnginesFailureNamesBothPlaces() {
        Engine<Long, Long> evaluator = failingAt(2, new IllegalArgumentException("shape mismatch"));
        Engine<Long, Long> engine = new Engine<>("fit", (e, batch) -> batch);
        engine.on(Events.EPOCH_COMPLETED, 0, "evaluate", e -> evaluator.run(source, RunLimit.epochs(1)));

        Throwable failure = catchThrowable(() -> engine.run(TestSource.sized(1), RunLimit.epochs(1)));

        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "In the process function of engine train (epoch 1, iteration 2)",
                        "In handler evaluate at EPOCH_COMPLETED of engine fit (epoch 1, iteration 1)");
    }
}
