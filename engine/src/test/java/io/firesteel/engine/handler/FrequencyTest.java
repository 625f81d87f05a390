package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrequencyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestingClock clock = new TestingClock();

    /** The process function takes 1 s and handlers after it another: rows 10, 20, … of 1, 3, 5, … s since the epoch started. */
    @Test
    void valueIsOfAllTimeSinceTheEpochStarted() {
        Frequency<Void, Double> frequency = new Frequency<>("rows", state -> state.output(), clock);
        List<Double> values = new ArrayList<>();
        Engine<Void, Double> engine = new Engine<>("trainer", (e, batch) -> {
            clock.advance(SECOND);
            return 10.0;
        });
        engine.attach(frequency);
        engine.on(Events.ITERATION_COMPLETED, -1, "rest", e -> {
            values.add(e.state().metrics().get("rows"));
            clock.advance(SECOND);
        });
        engine.run(RunLimit.epochs(2).withEpochLength(3));

        assertThat(values).containsExactly(10.0, 20.0 / 3, 30.0 / 5, 10.0, 20.0 / 3, 30.0 / 5);
        assertThat(frequency.throughput()).isEqualTo(new Throughput(30, SECOND.multipliedBy(5)));
    }

    /** Two replicas side by side: 300 rows in 4 s are 75 a second, not 250 as the sum of their own values. */
    @Test
    void severalReplicasGetThroughTheSumInTheLongestTime() {
        Throughput fast = new Throughput(200, SECOND);
        Throughput slow = new Throughput(100, SECOND.multipliedBy(4));
        assertThat(fast.and(slow)).isEqualTo(slow.and(fast)).isEqualTo(new Throughput(300, SECOND.multipliedBy(4)));
        assertThat(fast.and(slow).perSecond()).isEqualTo(75);
        assertThat(fast.and(Throughput.NONE)).isEqualTo(fast);
    }

    @Test
    void nothingInNoTimeHasNoValue() {
        assertThat(Throughput.NONE.perSecond()).isNaN();
        assertThat(new Frequency<Void, Void>("rows", state -> 1, clock).throughput())
                .isEqualTo(Throughput.NONE);
    }

    @Test
    void amountsAndTimesBelowZeroAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Throughput(-1, SECOND))
                .withMessage("Invalid amount: -1.0 (must be a finite number >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Throughput(1, SECOND.negated()))
                .withMessage("Invalid time: PT-1S (must be >= 0)");
    }
}
