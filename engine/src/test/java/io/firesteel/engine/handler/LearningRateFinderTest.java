package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.handler.LearningRateCurve.Point;
import io.firesteel.engine.handler.LearningRateFinderOptions.Ramp;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LearningRateFinderTest {
    private static final BatchSource<Double> DATA = BatchSource.of(List.of(1.0, 1.0, 1.0));
    private static final LearningRateFinderOptions PLAIN =
            new LearningRateFinderOptions(0.001, 10, 5, Ramp.EXPONENTIAL, 1, 5);

    /** One weight that gradient descent moves down the parabola (w - 1)^2 / 2. */
    private static final class Parabola implements TrialModel {
        final List<Double> rates = new ArrayList<>();
        double weight;
        double rate = 0.5;
        int restored;

        double step(double scale) {
            double loss = scale * (weight - 1) * (weight - 1) / 2;
            weight -= rate * (weight - 1);
            return loss;
        }

        @Override
        public void learningRate(double newRate) {
            rate = newRate;
            rates.add(newRate);
        }

        @Override
        public Restoration save() {
            double savedWeight = weight;
            double savedRate = rate;
            return () -> {
                weight = savedWeight;
                rate = savedRate;
                restored++;
            };
        }
    }

    private final Parabola parabola = new Parabola();

    private LearningRateCurve find(LearningRateFinderOptions options) {
        return new LearningRateFinder<Double, Double>(options, parabola, loss -> loss)
                .find((engine, batch) -> parabola.step(batch), DATA);
    }

    /** A curve of losses that are given. */
    private static LearningRateCurve curve(LearningRateFinderOptions options, double... losses) {
        LossCurve curve = new LossCurve(options);
        for (double loss : losses) {
            if (!curve.add(loss)) {
                break;
            }
        }
        return curve.toCurve();
    }

    @Test
    void exponentialRatesGrowByTheSameFactor() {
        find(PLAIN);
        assertThat(parabola.rates)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 * b ? 0 : Double.compare(a, b))
                .containsExactly(0.001, 0.01, 0.1, 1.0, 10.0);
    }

    @Test
    void linearRatesGrowByTheSameDifference() {
        find(new LearningRateFinderOptions(0.1, 0.5, 5, Ramp.LINEAR, 1, 5));
        assertThat(parabola.rates)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(0.1, 0.2, 0.3, 0.4, 0.5);
    }

    @Test
    void aModelIsAsItWasBefore() {
        parabola.weight = 7;
        LearningRateCurve first = find(PLAIN);

        assertThat(parabola.weight).isEqualTo(7);
        assertThat(parabola.rate).isEqualTo(0.5);
        assertThat(parabola.restored).isEqualTo(1);
        assertThat(find(PLAIN)).isEqualTo(first);
    }

    @Test
    void aModelIsAsItWasBeforeAfterAFailureToo() {
        LearningRateFinder<Double, Double> finder = new LearningRateFinder<>(PLAIN, parabola, loss -> loss);
        assertThatThrownBy(() -> finder.find(
                        (engine, batch) -> {
                            parabola.step(batch);
                            throw new IllegalStateException("down");
                        },
                        DATA))
                .hasMessage("down");

        assertThat(parabola.weight).isZero();
        assertThat(parabola.restored).isEqualTo(1);
    }

    @Test
    void lossesAreSmoothedByTheirShare() {
        LearningRateFinderOptions options = new LearningRateFinderOptions(0.001, 10, 5, Ramp.EXPONENTIAL, 0.25, 5);
        LearningRateCurve curve = curve(options, 8, 4, 6, 2);

        // 8; 8 - 1; 7 - 0.25; 6.75 - 1.1875
        assertThat(curve.points()).extracting(Point::smoothedLoss).containsExactly(8.0, 7.0, 6.75, 5.5625);
        assertThat(curve.points()).extracting(Point::loss).containsExactly(8.0, 4.0, 6.0, 2.0);
        assertThat(curve.diverged()).isFalse();
    }

    @Test
    void aLossFarAboveTheLowestEndsTheTrial() {
        LearningRateCurve curve = curve(PLAIN, 2, 1, 5, 5.5, 1);

        assertThat(curve.points()).extracting(Point::loss).containsExactly(2.0, 1.0, 5.0, 5.5);
        assertThat(curve.diverged()).isTrue();
    }

    @Test
    void aLossThatIsNoNumberEndsTheTrialAndIsLeftOut() {
        for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            LearningRateCurve curve = curve(PLAIN, 2, 1, broken, 1);

            assertThat(curve.points()).hasSize(2);
            assertThat(curve.diverged()).isTrue();
        }
    }

    @Test
    void aTrialThatDivergesRunsNoFurther() {
        LearningRateFinder<Double, Double> finder = new LearningRateFinder<>(PLAIN, parabola, loss -> loss);
        LearningRateCurve curve = finder.find((engine, batch) -> engine.state().iteration() == 3 ? 100.0 : 1.0, DATA);

        assertThat(curve.points()).hasSize(3);
        assertThat(parabola.rates).hasSize(3);
    }

    @Test
    void theSuggestionIsWhereTheLossFallsMost() {
        // Over three iterations it falls by 3 and by 3.8
        assertThat(curve(PLAIN, 5, 4.8, 2, 1, 3).suggestion().orElseThrow()).isCloseTo(0.1, Offset.offset(1e-12));
        // What comes after the lowest is noise
        assertThat(curve(PLAIN, 3, 2, 1, 4.9, 1.1).suggestion().orElseThrow()).isCloseTo(0.01, Offset.offset(1e-12));
        assertThat(curve(PLAIN, 1, 1, 2).suggestion()).isEmpty();
        assertThat(curve(PLAIN, 2, 1, 2).suggestion()).isEmpty();
        assertThat(curve(PLAIN, Double.NaN).suggestion()).isEmpty();
    }

    @Test
    void thePlotHasBothLossesAndNamesTheSuggestion() {
        String svg = curve(PLAIN, 5, 4.8, 2, 1, 3).plot().svg();

        assertThat(svg).contains("Suggested learning rate: 0.100", ">smoothed loss<", ">loss<", ">learning rate<");
        assertThat(curve(PLAIN, 1, 2).plot().svg()).contains("No learning rate lowers the loss");
        assertThat(curve(PLAIN, Double.NaN).plot().svg()).contains("No learning rate lowers the loss");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderOptions(0, 1, 5, Ramp.LINEAR, 1, 5))
                .withMessage("Invalid start: 0.0 (must be a finite number > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderOptions(1, 1, 5, Ramp.LINEAR, 1, 5))
                .withMessage("Invalid end: 1.0 (must be a finite number > 1.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderOptions(1, 2, 1, Ramp.LINEAR, 1, 5))
                .withMessage("Invalid iterations: 1 (must be >= 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderOptions(1, 2, 5, Ramp.LINEAR, 0, 5))
                .withMessage("Invalid smoothing: 0.0 (must be > 0 and <= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateFinderOptions(1, 2, 5, Ramp.LINEAR, 1, 1))
                .withMessage("Invalid divergence: 1.0 (must be > 1)");
        assertThat(LearningRateFinderOptions.DEFAULTS.rateAt(100)).isEqualTo(10);
    }
}
