package io.firesteel.spark.decide;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.spark.decide.Comparison.CalibrationPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model predicted against what was so: for the verdict's pictures, from the rows that resamples are drawn from. */
final class Calibration {
    private static final int GROUPS = 10;
    private static final int MOST_CLASSES = 12;

    /** Whether predictions are numbers, or choose among classes. */
    private final boolean classification;

    private final MetricInput input;

    Calibration(MetricInput input, boolean classification) {
        this.input = input;
        this.classification = classification;
    }

    /**
     * Groups of equally many rows, by prediction: of two classes the probability of class 1, of more that of the class that the model chose, else the
     * number. Empty for several outputs and for classes without probabilities.
     */
    List<CalibrationPoint> points() {
        boolean labels = classification && !input.hasClasses() && input.targetColumns() > 1;
        boolean numbers = !classification && (input.predictionColumns() != 1 || input.targetColumns() != 1);
        boolean decided = classification && input.predictionKind() == PredictionKind.CLASSES;
        return labels || numbers || decided || input.rows() == 0 ? List.of() : groups();
    }

    private List<CalibrationPoint> groups() {
        double[] predicted = new double[input.rows()];
        for (int row = 0; row < predicted.length; row++) {
            predicted[row] = predicted(row);
        }
        int[] order = IntStream.range(0, predicted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> predicted[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<CalibrationPoint> points = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            int from = (int) ((long) group * order.length / GROUPS);
            int to = (int) ((long) (group + 1) * order.length / GROUPS);
            if (to > from) {
                points.add(point(order, from, to, predicted));
            }
        }
        return points;
    }

    private CalibrationPoint point(int[] order, int from, int to, double[] predicted) {
        double sum = 0;
        double actual = 0;
        for (int i = from; i < to; i++) {
            sum += predicted[order[i]];
            actual += actual(order[i]);
        }
        return new CalibrationPoint(sum / (to - from), actual / (to - from), to - from);
    }

    private double predicted(int row) {
        if (!classification) {
            return input.prediction(row, 0);
        }
        if (input.predictionColumns() <= 2) {
            return input.probability(row);
        }
        double[] probabilities = new double[input.predictedClasses()];
        input.probabilities(row, probabilities);
        return probabilities[(int) input.predictedClass(row)];
    }

    private double actual(int row) {
        if (!classification) {
            return input.target(row, 0);
        }
        if (input.predictionColumns() <= 2) {
            return input.target(row, 0) >= 0.5 ? 1 : 0;
        }
        return input.predictedClass(row) == input.classLabel(row) ? 1 : 0;
    }

    /** Rows by what they are and what was predicted; empty unless they are of a few classes, one each. */
    List<List<Long>> confusion() {
        boolean labels = !input.hasClasses() && input.targetColumns() > 1;
        int classes = classification && !labels && input.rows() > 0 ? classes() : 0;
        if (classes == 0 || classes > MOST_CLASSES) {
            return List.of();
        }
        long[][] counts = new long[classes][classes];
        for (int row = 0; row < input.rows(); row++) {
            counts[(int) input.classLabel(row)][(int) input.predictedClass(row)]++;
        }
        List<List<Long>> table = new ArrayList<>();
        for (long[] row : counts) {
            table.add(Arrays.stream(row).boxed().toList());
        }
        return table;
    }

    private int classes() {
        long most = input.predictedClasses() - 1L;
        for (int row = 0; row < input.rows(); row++) {
            most = Math.max(most, Math.max(input.classLabel(row), input.predictedClass(row)));
        }
        return (int) Math.min(most + 1, MOST_CLASSES + 1L);
    }
}
