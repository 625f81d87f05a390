package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.train.StepSamples.Sample;
import org.junit.jupiter.api.Test;

class StepSamplesTest {
    private static final int BATCH = 10;

    private final StepSamples samples = new StepSamples(BATCH);

    @Test
    void middleFifthOfTheStepsIsAveragedAndItsPhasesAddUp() {
        samples.beginBlock();
        add(999_000, 0, 0, 0, 0);
        // In the order of their length the third and fourth of ten are left out and the fifth and sixth count.
        for (long step : new long[] {9, 2, 8, 5, 1, 100, 3, 6, 4, 7}) {
            add(step * 1000, step * 100, step * 200, step * 300, step * 400 - step);
        }
        samples.endBlock();
        StepPhases times = samples.times().typical();
        assertThat(times.step()).isEqualTo(5.5);
        assertThat(times.forward()).isEqualTo(0.55);
        assertThat(times.backward()).isEqualTo(1.1);
        assertThat(times.reduce()).isEqualTo(1.65);
        assertThat(times.optimizer()).isEqualTo(2.1945);
        assertThat(times.other()).isCloseTo(0.0055, within(1e-12));
        assertThat(times.data()).isEqualTo(0.055);
        assertThat(times.metrics()).isEqualTo(0.11);
    }

    @Test
    void throughputOfABlockCountsSlowStepsAndNotTheFirst() {
        samples.beginBlock();
        add(7_000_000, 0, 0, 0, 0);
        add(1_000_000, 0, 0, 0, 0);
        add(4_000_000, 0, 0, 0, 0);
        samples.endBlock();
        samples.beginBlock();
        add(1, 0, 0, 0, 0);
        add(2_000_000, 0, 0, 0, 0);
        samples.endBlock();
        assertThat(samples.times().rowsPerSecond()).containsExactly(4000.0, 5000.0);
    }

    @Test
    void quickestTenthIsAveragedToo() {
        samples.beginBlock();
        for (int step = 100; step > 0; step--) {
            add(step * 1000L, step * 500L, 0, 0, 0);
        }
        // 1 to 9 of the 99 steps that count, which are those without the first.
        assertThat(samples.times().quickest().step()).isEqualTo(5);
        assertThat(samples.times().quickest().other()).isEqualTo(2.5);
    }

    @Test
    void oneStepIsItsOwnMiddle() {
        samples.beginBlock();
        add(1, 0, 0, 0, 0);
        add(3_000, 1_000, 0, 0, 0);
        samples.endBlock();
        assertThat(samples.times().typical().step()).isEqualTo(3);
        assertThat(samples.times().typical().other()).isEqualTo(2);
        assertThat(samples.times().quickest()).isEqualTo(samples.times().typical());
    }

    private void add(long step, long forward, long backward, long reduce, long optimizer) {
        samples.add(new Sample(step, forward, backward, reduce, optimizer, step / 100, step / 50));
    }
}
