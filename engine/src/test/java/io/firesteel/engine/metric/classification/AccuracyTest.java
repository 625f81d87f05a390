package io.firesteel.engine.metric.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.WeightedMean;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyTest {
    private final Accuracy metric = new Accuracy();

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                LawCase.exact(metric, RowSource.classified(3)).golden(this::goldenState),
                LawCase.exact(metric, RowSource.multilabel(2)).golden(this::goldenState));
    }

    /** Right, wrong, right with weights 1, 0.75 and 0.75: 1.75 of 2.5. */
    private WeightedMean goldenState() {
        WeightedMean state = metric.zero();
        metric.update(
                state,
                predictions(2, 1, 0, 1, 0, 0, 1)
                        .classes(LongBuffer.wrap(new long[] {0, 1, 1}))
                        .weights(FloatBuffer.wrap(new float[] {1, 0.75f, 0.75f})));
        return state;
    }

    @TestFactory
    Stream<DynamicTest> valuesEqualScikitLearn() {
        return MetricFacts.tests("metrics.json");
    }

    @Test
    void classesOfOneColumnAreComparedWithTheSignOfTheLogit() {
        WeightedMean state = metric.zero();
        metric.update(state, predictions(1, 3, 0, -3, 2).classes(LongBuffer.wrap(new long[] {1, 0, 1, 0})));
        assertThat(metric.compute(state).number()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MAX_VALUE})
    void classOutOfRangeIsRefused(long label) {
        MetricInput input = predictions(3, 1, 2, 3, 4, 5, 6).classes(LongBuffer.wrap(new long[] {2, label}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.update(metric.zero(), input))
                .withMessage("Invalid class: " + label + " in row 1 of a batch (must be in [0, 3))");
    }

    @Test
    void classOutOfRangeIsRefusedForOneColumn() {
        MetricInput input = predictions(1, 3).classes(LongBuffer.wrap(new long[] {2}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.update(metric.zero(), input))
                .withMessage("Invalid class: 2 in row 0 of a batch (must be in [0, 2))");
    }

    @Test
    void exactMatchAsksForAllLabelsOfARow() {
        Accuracy exact = new Accuracy("accuracy(exactMatch=true)", true);
        WeightedMean state = exact.zero();
        exact.update(
                state,
                predictions(2, 1, -1, 1, 1)
                        .targets(FloatBuffer.wrap(new float[] {1, 0, 1, 0}), 2)
                        .weights(FloatBuffer.wrap(new float[] {3, 1})));
        assertThat(exact.compute(state).number()).isEqualTo(0.75);
    }

    @Test
    void predictionsThatAreClassesAreComparedWithTargetsOfOneColumn() {
        WeightedMean state = metric.zero();
        metric.update(
                state,
                predictions(1, 3, 2, 0, 2)
                        .predictionKind(PredictionKind.CLASSES)
                        .targets(FloatBuffer.wrap(new float[] {3, 1, 0, 1}), 1));
        assertThat(metric.compute(state).number()).isEqualTo(0.5);
    }

    @Test
    void targetsOfOtherColumnsAreRefused() {
        MetricInput input = predictions(3, 1, 2, 3).targets(FloatBuffer.wrap(new float[2]), 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.update(metric.zero(), input))
                .withMessage("Cannot compute accuracy: targets and predictions differ in columns (2, expected 3)");
    }

    @Test
    void batchWithoutLabelsIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> metric.update(metric.zero(), predictions(1, 1)))
                .withMessage("Cannot read targets: the batch has none");
    }

    private static MetricInput predictions(int columns, float... values) {
        return new MetricInput().begin(values.length / columns).predictions(FloatBuffer.wrap(values), columns);
    }
}
