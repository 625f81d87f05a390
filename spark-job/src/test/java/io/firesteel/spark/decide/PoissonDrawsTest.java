package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonDrawsTest {
    private static final int ROWS = 2000;
    private static final int RESAMPLES = 100;

    /** A Poisson number has its mean as its variance. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 7.3, 250})
    void meanAndVarianceAreThoseOfPoisson(double mean) {
        PoissonDraws draws = new PoissonDraws(mean);
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int resample = 0; resample < RESAMPLES; resample++) {
                int drawn = draws.draw(PoissonDraws.key(7, row), resample);
                sum += drawn;
                squares += (drawn - mean) * (drawn - mean);
            }
        }
        double count = (double) ROWS * RESAMPLES;
        assertThat(sum / count).isCloseTo(mean, within(5 * Math.sqrt(mean / count)));
        assertThat(squares / count).isCloseTo(mean, within(5 * Math.sqrt((2 * mean * mean + mean) / count)));
    }

    /** e^-1, e^-1, e^-1 / 2, e^-1 / 6. */
    @Test
    void sharesOfMeanOneAreThoseOfTheFormula() {
        PoissonDraws draws = new PoissonDraws(1);
        int[] counts = new int[30];
        for (int row = 0; row < ROWS * RESAMPLES; row++) {
            counts[draws.draw(PoissonDraws.key(1, row), row % 3)]++;
        }
        double count = (double) ROWS * RESAMPLES;
        double probability = Math.exp(-1);
        for (int k = 0; k < 6; k++) {
            probability /= Math.max(1, k);
            assertThat(counts[k] / count)
                    .isCloseTo(probability, within(5 * Math.sqrt(probability * (1 - probability) / count)));
        }
    }

    @Test
    void seedRowAndResampleAloneDecide() {
        PoissonDraws draws = new PoissonDraws(3);
        assertThat(draws.draw(PoissonDraws.key(1, 2), 3))
                .isEqualTo(new PoissonDraws(3).draw(PoissonDraws.key(1, 2), 3));
        assertThat(PoissonDraws.key(1, 2)).isNotEqualTo(PoissonDraws.key(2, 1));
    }

    /** What is drawn in one resample says nothing of the next one. */
    @Test
    void resamplesAreNotCorrelated() {
        PoissonDraws draws = new PoissonDraws(1);
        double product = 0;
        for (int row = 0; row < ROWS * RESAMPLES; row++) {
            long key = PoissonDraws.key(0, row);
            product += (draws.draw(key, 0) - 1.0) * (draws.draw(key, 1) - 1.0);
        }
        double count = (double) ROWS * RESAMPLES;
        assertThat(product / count).isCloseTo(0, within(5 / Math.sqrt(count)));
    }

    @Test
    void refusesAMeanOfNothing() {
        assertThatThrownBy(() -> new PoissonDraws(0)).hasMessage("Invalid mean of draws: 0.0 (must be > 0 and <= 1e6)");
    }
}
