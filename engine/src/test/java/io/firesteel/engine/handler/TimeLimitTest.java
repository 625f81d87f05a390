package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.event.StateDict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestingClock clock = new TestingClock();
    private final TimeLimit<Void, Void> limit = new TimeLimit<>(Duration.ofSeconds(5), clock);
    private final Engine<Void, Void> engine = trainer(limit);

    /** Each iteration takes a second. */
    private Engine<Void, Void> trainer(TimeLimit<Void, Void> handler) {
        Engine<Void, Void> trainer = new Engine<>("trainer", (e, batch) -> {
            clock.advance(SECOND);
            return null;
        });
        trainer.attach(handler);
        return trainer;
    }

    private static RunLimit epochs(long count) {
        return RunLimit.epochs(count).withEpochLength(4);
    }

    @Test
    void theRunEndsAfterTheIterationThatReachesTheLimit() {
        clock.advance(Duration.ofDays(1));
        engine.run(epochs(9));

        assertThat(engine.state().iteration()).isEqualTo(5);
        assertThat(engine.terminationReason()).contains("time limit: 5.0 s spent (limit 5.0 s)");
    }

    @Test
    void aRunThatIsFastEnoughIsLeftAlone() {
        engine.run(epochs(1));

        assertThat(engine.terminationReason()).isEmpty();
        assertThat(limit.spent()).isEqualTo(SECOND.multipliedBy(4));
    }

    @Test
    void aResumedRunCountsWhatWasSpentBeforeAndNotThePauseBetween() {
        engine.on(Events.ITERATION_COMPLETED.once(3), Engine::interrupt);
        engine.run(epochs(9));
        clock.advance(Duration.ofDays(1));
        TimeLimit<Void, Void> other = new TimeLimit<>(Duration.ofSeconds(5), clock);
        Engine<Void, Void> resumed = trainer(other);
        resumed.restoreHandlers(engine.handlerStates());
        resumed.resumeAt(engine.progress());
        resumed.run(epochs(9));

        assertThat(resumed.state().iteration()).isEqualTo(5);
    }

    @Test
    void theTimeOfASuspendedRunDoesNotCount() {
        engine.on(Events.ITERATION_COMPLETED.once(2), Engine::interrupt);
        engine.run(epochs(9));
        clock.advance(Duration.ofDays(1));
        engine.run(epochs(9));

        assertThat(engine.state().iteration()).isEqualTo(5);
    }

    @Test
    void theTimeAfterAFailureDoesNotCount() {
        engine.on(Events.ITERATION_COMPLETED.once(2), e -> {
            throw new IllegalStateException("down");
        });
        assertThatThrownBy(() -> engine.run(epochs(9))).hasMessage("down");
        clock.advance(Duration.ofDays(1));

        assertThat(limit.spent()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void aSecondRunFromTheBeginningHasAllItsTime() {
        engine.run(epochs(9));
        engine.restart();
        engine.run(epochs(9));

        assertThat(engine.state().iteration()).isEqualTo(5);
    }

    @Test
    void theLongestDurationNeverEnds() {
        Engine<Void, Void> endless = trainer(new TimeLimit<>(Duration.ofSeconds(Long.MAX_VALUE), clock));
        endless.run(epochs(3));

        assertThat(endless.terminationReason()).isEmpty();
    }

    @Test
    void limitsAndStatesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeLimit<>(Duration.ZERO))
                .withMessage("Invalid time limit: PT0S (must be > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        limit.restore(StateDict.builder(1).put("nanos", -1).build()))
                .withMessage("Invalid nanos: -1 (must be >= 0)");
    }
}
