package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResampledTest {
    private static final Resampled TO_HUNDRED = new Resampled(
            50, IntStream.rangeClosed(0, 100).mapToDouble(i -> 100 - i).toArray());

    @Test
    void boundsArePercentiles() {
        assertThat(TO_HUNDRED.atLeast(0.95)).isCloseTo(5, within(1e-12));
        assertThat(TO_HUNDRED.interval(0.95).low()).isCloseTo(2.5, within(1e-12));
        assertThat(TO_HUNDRED.interval(0.95).high()).isCloseTo(97.5, within(1e-12));
    }

    @Test
    void resamplesWithoutAValueAreCountedAndLeftOut() {
        Resampled half = new Resampled(1, new double[] {Double.NaN, 3, Double.NaN, 1});
        assertThat(half.resamples()).isEqualTo(2);
        assertThat(half.undefinedShare()).isEqualTo(0.5);
        assertThat(half.interval(0.5).low()).isEqualTo(1.5);
    }

    @Test
    void withoutAnyValueThereAreNoBounds() {
        Resampled none = new Resampled(1, new double[] {Double.NaN});
        assertThat(none.atLeast(0.9)).isNaN();
        assertThat(none.undefinedShare()).isEqualTo(1);
        assertThat(new Resampled(1, new double[0]).undefinedShare()).isZero();
    }
}
