package io.firesteel.spark.evaluate.sorted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.metric.NotComputableException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class RankCorrelationTest {
    /** Against the metric that holds all pairs, which is compared with SciPy; a buffer of 4 rows, which runs of equal values overflow. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void ranksOfTiesAndWeightsCorrelateAsInOneState(int partitions) {
        List<DoubleUnaryOperator> levels = List.of(v -> v, v -> Math.rint(v * 4) / 4, v -> v > 0.5 ? 1 : 0);
        Random random = new Random(partitions);
        for (int i = 0; i < levels.size(); i++) {
            Pairs pairs = Pairs.random(random, 1500, levels.get(i), levels.get((i + 1) % levels.size()));
            assertThat(RankCorrelation.of("spearman", pairs.rows(partitions), 4))
                    .isCloseTo(pairs.inOneState("spearman").number(), within(1e-13));
            assertThat(RankCorrelation.of("spearman", pairs.rows(partitions)))
                    .isCloseTo(pairs.inOneState("spearman").number(), within(1e-13));
        }
    }

    @Test
    void ranksThatRiseOrFallTogetherCorrelateFully() {
        assertThat(of(new double[] {1, 2, 3, 100}, 5, 6, 7, 8)).isCloseTo(1, within(1e-15));
        assertThat(of(new double[] {1, 2}, 6, 5)).isCloseTo(-1, within(1e-15));
        // Ranks 1.5 1.5 3 and 1 2 3: by hand, 1.5 / sqrt(1.5 * 2).
        assertThat(of(new double[] {1, 1, 2}, 1, 2, 3)).isCloseTo(Math.sqrt(0.75), within(1e-15));
    }

    @Test
    void numbersThatAreAllTheSameHaveNoRanks() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> of(new double[] {1, 1}, 1, 2))
                .withMessage("Cannot compute spearman: predictions or targets are all the same"
                        + " (1 value, expected at least 2)");
        assertThatExceptionOfType(NotComputableException.class).isThrownBy(() -> of(new double[] {1, 2}, 1, 1));
        assertThatExceptionOfType(NotComputableException.class).isThrownBy(() -> of(new double[] {1}, 1));
    }

    @Test
    void notANumberHasNoRank() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> of(new double[] {1, Double.NaN, 2}, 1, 2, Double.NaN))
                .withMessage("Cannot compute spearman: rows with a prediction or target that is not a number"
                        + " (2, expected 0)");
    }

    private static double of(double[] x, double... y) {
        double[] ones = new double[x.length];
        Arrays.fill(ones, 1);
        return RankCorrelation.of("spearman", new Pairs(x, y, ones).rows(3));
    }
}
