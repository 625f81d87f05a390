package io.firesteel.engine.metric.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.WeightedMean;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MeanLossTest {
    private final MeanLoss metric = new MeanLoss();

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(LawCase.ofSums(metric, RowSource.classified(3)).golden(this::goldenState));
    }

    /** 1 x 1.5 + 0.5 x 0.75 + 1 x 1.5 = 3.375 over weights of 2.5. */
    private WeightedMean goldenState() {
        WeightedMean state = metric.zero();
        metric.update(state, losses(1.5f, 0.75f, 1.5f).weights(FloatBuffer.wrap(new float[] {1, 0.5f, 1})));
        return state;
    }

    @Test
    void rowsWithoutWeightsCountAlike() {
        WeightedMean state = metric.zero();
        metric.update(state, losses(1, 2));
        metric.update(state, losses(6));
        assertThat(metric.compute(state).number()).isEqualTo(3);
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
        assertThat(metric.compute(state).number()).isEqualTo(2.0 * (1 << 24) / ((1 << 24) + 1));
    }

    @Test
    void lossThatIsNotANumberShows() {
        WeightedMean state = metric.zero();
        metric.update(state, losses(1, Float.NaN));
        assertThat(metric.compute(state).number()).isNaN();
        assertThat(metric.compute(metric.fromBytes(metric.toBytes(state))).number())
                .isNaN();
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
