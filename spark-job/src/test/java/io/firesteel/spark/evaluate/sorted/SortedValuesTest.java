package io.firesteel.spark.evaluate.sorted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class SortedValuesTest {
    /** The middle two of four in different partitions; NumPy's averaged_inverted_cdf of 1, 2, 4, 8. */
    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        SortedValues values = sorted(4, 8, 1, 4, 2);
        assertThat(values.quantile(0.5)).isEqualTo(3);
        assertThat(values.quantile(0.25)).isEqualTo(1.5);
        assertThat(values.quantile(0.3)).isEqualTo(2);
        assertThat(values.quantile(0)).isEqualTo(1);
        assertThat(values.quantile(1)).isEqualTo(8);
    }

    /** Against the metric that holds all values, which is compared with NumPy and scikit-learn. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void quantilesOfTiesAndWeightsAreThoseOfOneState(int partitions) {
        Random random = new Random(partitions);
        for (int levels : new int[] {2, 10_000}) {
            Pairs pairs = Pairs.random(random, 1001, v -> Math.rint(Math.abs(v) * levels) / levels, v -> 0);
            SortedValues values = SortedValues.of(pairs.rows(partitions).select("x", "weight"));
            assertThat(values.weight()).isEqualTo(Arrays.stream(pairs.weights()).sum());
            for (double q : new double[] {0, 0.1, 0.5, 0.95, 1}) {
                assertThat(values.quantile(q))
                        .as("q %s of %d levels", q, levels)
                        .isEqualTo(pairs.inOneState("absoluteErrorQuantile(q=" + q + ")")
                                .number());
            }
        }
    }

    @Test
    void oneValueIsEachQuantileAndNoValueIsNone() {
        assertThat(sorted(3, 7).quantile(0)).isEqualTo(7);
        assertThat(sorted(3, 7).quantile(0.5)).isEqualTo(7);
        assertThat(sorted(3, 7, 7, 7, 7).quantile(0.5)).isEqualTo(7);
        assertThat(sorted(3).weight()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> sorted(3).quantile(0.5))
                .withMessage("Cannot compute a quantile: there are no values");
    }

    @Test
    void infinityComesLastAndNaNIsToldOf() {
        assertThat(sorted(2, 1, Double.POSITIVE_INFINITY, 2).quantile(0.5)).isEqualTo(2);
        assertThat(sorted(2, 1, Double.POSITIVE_INFINITY, 2).quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sorted(2, 1, Double.NaN, 2, Double.NaN).missing()).isEqualTo(2);
    }

    private static SortedValues sorted(int partitions, double... values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return SortedValues.of(new Pairs(values, ones, ones).rows(partitions).select("x", "weight"));
    }
}
