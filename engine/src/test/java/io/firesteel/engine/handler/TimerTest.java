package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestingClock clock = new TestingClock();

    private Timer<Void, Void> timer(TimerEvents events) {
        return new Timer<>(events, clock);
    }

    /** An iteration takes a second, what lies between two of them another. */
    private void run(Timer<Void, Void> timer) {
        Engine<Void, Void> engine = new Engine<>("trainer", (e, batch) -> {
            clock.advance(SECOND);
            return null;
        });
        engine.attach(timer);
        engine.on(Events.ITERATION_COMPLETED, -1, "rest", e -> clock.advance(SECOND));
        engine.run(RunLimit.epochs(2).withEpochLength(3));
    }

    @Test
    void theTimeOfARunIsThatFromStartedToCompleted() {
        Timer<Void, Void> timer = timer(TimerEvents.ofRun());
        run(timer);
        clock.advance(SECOND);

        assertThat(timer.total()).isEqualTo(SECOND.multipliedBy(12));
        assertThat(timer.steps()).isZero();
        assertThat(timer.average()).isEqualTo(timer.total());
    }

    @Test
    void theTimeOfIterationsLeavesOutWhatIsBetweenThem() {
        Timer<Void, Void> timer = timer(TimerEvents.ofIterations());
        run(timer);

        assertThat(timer.total()).isEqualTo(SECOND.multipliedBy(3));
        assertThat(timer.steps()).isEqualTo(3);
        assertThat(timer.average()).isEqualTo(SECOND);
    }

    @Test
    void oneEventStartsPausesAndCountsInThisOrder() {
        List<Duration> totals = new ArrayList<>();
        Timer<Void, Void> timer = timer(new TimerEvents(
                Events.ITERATION_STARTED,
                Events.ITERATION_COMPLETED,
                Optional.empty(),
                Optional.of(Events.ITERATION_COMPLETED)));
        Engine<Void, Void> engine = new Engine<>("trainer", (e, batch) -> {
            clock.advance(SECOND.multipliedBy(e.state().iteration()));
            return null;
        });
        engine.attach(timer);
        engine.on(Events.ITERATION_COMPLETED, -1, "note", e -> totals.add(timer.average()));
        engine.run(RunLimit.iterations(3).withEpochLength(3));

        assertThat(totals).containsExactly(SECOND, SECOND.multipliedBy(2), SECOND.multipliedBy(3));
    }

    @Test
    void itCanBeDrivenByHand() {
        Timer<Void, Void> timer = timer(TimerEvents.ofRun());
        clock.advance(SECOND);
        assertThat(timer.total()).isZero();
        timer.start();
        clock.advance(SECOND);
        timer.pause();
        timer.pause();
        clock.advance(SECOND);
        timer.resume();
        timer.resume();
        clock.advance(SECOND);
        timer.step();
        timer.step();
        assertThat(timer.total()).isEqualTo(SECOND.multipliedBy(2));
        assertThat(timer.average()).isEqualTo(SECOND);
        timer.start();
        assertThat(timer.total()).isZero();
        assertThat(timer.steps()).isZero();
    }

    @Test
    void eventsThatAreMissingAreRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new TimerEvents(null, Events.COMPLETED, Optional.empty(), Optional.empty()))
                .withMessage("start");
    }
}
