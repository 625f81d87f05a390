package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossMetricTest extends MetricLaws<WeightedMean> {
    private final LossMetric metric = new LossMetric();

    @Override
    protected Metric<WeightedMean> metric() {
        return metric;
    }

    @Override
    protected MetricRows rows(Random random, int count) {
        return RandomRows.classified(random, count, 3);
    }

    /** 1 x 1.5 + 0.5 x 0.75 + 1 x 1.5 = 3.375 over weights of 2.5. */
    @Override
    protected WeightedMean goldenState() {
        WeightedMean state = metric.zero();
        metric.update(state, losses(1.5f, 0.75f, 1.5f).weights(FloatBuffer.wrap(new float[] {1, 0.5f, 1})));
        return state;
    }

    @Override
    protected boolean exact() {
        return false;
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.engine.metric.MetricFacts#cases")
    void valuesEqualNumPy(MetricFacts.Case fact) {
        WeightedMean state = metric.zero();
        metric.update(state, fact.rows().all());
        assertThat(metric.compute(state)).isCloseTo(fact.value("loss"), Percentage.withPercentage(1e-10));
    }

    @Test
    void rowsWithoutWeightsCountAlike() {
        WeightedMean state = metric.zero();
        metric.update(state, losses(1, 2));
        metric.update(state, losses(6));
        assertThat(metric.compute(state)).isEqualTo(3);
    }

    /** A float sum stops growing at 2^24. */
    @Test
    void manySmallLossesDoNotDrown() {
        WeightedMean state = metric.zero();
        float[] ones = new float[1 << 20];
        Arrays.fill(ones, 1);
        metric.update(state, losses((float) (1 << 24)));
        for (int i = 0; i < 16; i++) {
            metric.update(state, losses(ones));
        }
        assertThat(metric.compute(state)).isEqualTo(2.0 * (1 << 24) / ((1 << 24) + 1));
    }

    @Test
    void lossThatIsNotANumberShows() {
        WeightedMean state = metric.zero();
        metric.update(state, losses(1, Float.NaN));
        assertThat(metric.compute(state)).isNaN();
        assertThat(metric.compute(metric.fromBytes(metric.toBytes(state)))).isNaN();
    }

    @Test
    void rowsThatAllWeighNothingHaveNoMean() {
        WeightedMean state = metric.zero();
        metric.update(state, losses(1, 2).weights(FloatBuffer.wrap(new float[2])));
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> metric.compute(state))
                .withMessage("Cannot compute loss: total weight of 2 rows is 0");
    }

    @Test
    void batchWithoutLossesIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> metric.update(metric.zero(), new MetricInput().begin(1)))
                .withMessage("Cannot read losses: the batch has none");
    }

    private static MetricInput losses(float... losses) {
        return new MetricInput().begin(losses.length).losses(FloatBuffer.wrap(losses));
    }
}
