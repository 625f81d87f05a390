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
class PairOrderTest {
    private static final List<DoubleUnaryOperator> LEVELS =
            List.of(v -> v, v -> Math.rint(v * 4) / 4, v -> v > 0.5 ? 1 : 0);

    /** Against the metric that holds all pairs, which is compared with SciPy. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void tausOfTiesAndWeightsAreThoseOfOneState(int partitions) {
        Random random = new Random(partitions);
        for (int i = 0; i < LEVELS.size(); i++) {
            Pairs pairs = Pairs.random(random, 1500, LEVELS.get(i), LEVELS.get((i + 1) % LEVELS.size()));
            for (int chunkRows : new int[] {7, PairOrder.CHUNK_ROWS}) {
                PairOrder order = PairOrder.of("kendall", pairs.rows(partitions), chunkRows);
                assertThat(order.tauB()).isCloseTo(pairs.inOneState("kendall").number(), within(1e-13));
                assertThat(order.tauC())
                        .isCloseTo(pairs.inOneState("kendall(variant=c)").number(), within(1e-13));
            }
        }
    }

    /** Against counting each pair. */
    @Test
    void differenceIsThatOfAllPairs() {
        Random random = new Random(7);
        for (int round = 0; round < 3; round++) {
            Pairs pairs = Pairs.random(random, 120, LEVELS.get(round), LEVELS.get(1));
            double difference = 0;
            for (int i = 0; i < 120; i++) {
                for (int j = 0; j < i; j++) {
                    difference += Math.signum(pairs.x()[i] - pairs.x()[j])
                            * Math.signum(pairs.y()[i] - pairs.y()[j])
                            * pairs.weights()[i]
                            * pairs.weights()[j];
                }
            }
            assertThat(PairOrder.of("kendall", pairs.rows(3), 5).difference()).isEqualTo(difference);
        }
    }

    @Test
    void fewRowsAreOrderedByHand() {
        assertThat(of(new double[] {1, 2}, 1, 2).tauB()).isEqualTo(1);
        assertThat(of(new double[] {1, 2, 3}, 3, 2, 1).tauB()).isEqualTo(-1);
        // One pair is equal in x, two rise: 2 / sqrt(2 * 3).
        assertThat(of(new double[] {1, 1, 2}, 1, 2, 3).tauB()).isCloseTo(2 / Math.sqrt(6), within(1e-15));
    }

    @Test
    void numbersThatAreAllTheSameAreInNoOrder() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> of(new double[] {1, 2}, 1, 1))
                .withMessage("Cannot compute kendall: predictions or targets are all the same"
                        + " (1 value, expected at least 2)");
        assertThatExceptionOfType(NotComputableException.class).isThrownBy(() -> of(new double[] {1, 1}, 1, 2));
    }

    @Test
    void notANumberIsInNoOrder() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> of(new double[] {1, Double.NaN, 2}, 1, 2, 3))
                .withMessage("Cannot compute kendall: rows with a prediction or target that is not a number"
                        + " (1, expected 0)");
    }

    private static PairOrder of(double[] x, double... y) {
        double[] ones = new double[x.length];
        Arrays.fill(ones, 1);
        return PairOrder.of("kendall", new Pairs(x, y, ones).rows(3));
    }
}
