package io.firesteel.engine.metric.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Many rows: the state stays small, and has the same bits however they are split. */
class LargeScoresTest {
    private static final int BATCH = 50_000;

    /** The area of two normal distributions a standard deviation apart is Phi(1 / sqrt(2)) = 0.76025. */
    @Test
    void fiveMillionRowsTakeAFewMegabytes() {
        Metric<?> metric = Metrics.of("rocAuc");
        assertThat(bytesAfter(metric, 100)).isLessThan(8 << 20);
    }

    private static <S> int bytesAfter(Metric<S> metric, int batches) {
        S state = metric.zero();
        for (int batch = 0; batch < batches; batch++) {
            metric.update(state, batch(batch));
        }
        Map<String, Double> values = metric.compute(state).flatten("auc");
        assertThat(values.get("auc.errorBound")).isLessThan(5e-5);
        assertThat(values.get("auc")).isBetween(0.7597, 0.7608);
        return metric.toBytes(state).length;
    }

    @Test
    void anySplitOfRowsAboveTheLimitGivesTheSameBits() {
        assertSameBits(Metrics.of("rocAuc(exactRows=120000)"));
    }

    /** 12 batches: on 1, 2, 3 and 4 ranks, of which each alone is below the limit or above, merged from either end. */
    private static <S> void assertSameBits(Metric<S> metric) {
        byte[] expected = metric.toBytes(rank(metric, 0, 12));
        for (int ranks = 2; ranks <= 12; ranks++) {
            S forward = metric.zero();
            S backward = metric.zero();
            for (int rank = 0; rank < ranks; rank++) {
                S state = rank(metric, 12 * rank / ranks, 12 * (rank + 1) / ranks);
                forward = metric.merge(forward, state);
                backward = metric.merge(state, backward);
            }
            assertThat(metric.toBytes(forward)).isEqualTo(expected);
            assertThat(metric.toBytes(backward)).isEqualTo(expected);
        }
    }

    private static <S> S rank(Metric<S> metric, int from, int to) {
        S state = metric.zero();
        for (int batch = from; batch < to; batch++) {
            metric.update(state, batch(batch));
        }
        return state;
    }

    private static MetricInput batch(int number) {
        SplittableRandom random = new SplittableRandom(number);
        float[] scores = new float[BATCH];
        long[] classes = new long[BATCH];
        for (int row = 0; row < BATCH; row++) {
            classes[row] = random.nextInt(2);
            scores[row] = (float) (normal(random) + classes[row]);
        }
        return new MetricInput()
                .begin(BATCH)
                .predictions(FloatBuffer.wrap(scores), 1)
                .classes(LongBuffer.wrap(classes));
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
