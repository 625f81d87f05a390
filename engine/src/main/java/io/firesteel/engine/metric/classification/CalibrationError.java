package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.Sums;
import java.util.List;

/**
 * How far a model's confidence is from how often it is right, over bins of confidence of equal width, in [0, 1]. With W_b the weight of a
 * bin's rows, c_b their mean confidence and a_b the share that is right: {@code sum(W_b |a_b - c_b|) / sum(W_b)} (norm=l1, the expected
 * calibration error), the root of {@code sum(W_b (a_b - c_b)²) / sum(W_b)} (l2), or {@code max |a_b - c_b|} (max, the maximum calibration
 * error), of bins of any weight. Reads probabilities or logits (N, C) and classes (N). Of C &gt; 1 columns, confidence is the largest
 * probability, and right is that the class has it; of one column it is the probability of class 1, and right that the row is of class 1.
 *
 * <p>Bin b of B holds ((b-1)/B, b/B], the first one also 0. Takes 24 bytes a bin. Misleads: depends on the number of bins, is 0 for a
 * model that always gives the classes' frequencies, and the maximum may be that of a bin of few rows. Sources: Guo et al., <a
 * href="https://arxiv.org/abs/1706.04599">On Calibration of Modern Neural Networks</a>, equations 3 and 5; of one column, the curve of scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.calibration.calibration_curve.html">calibration_curve</a>.
 */
final class CalibrationError extends StateMetric<Sums> {
    static final List<String> NORMS = List.of("l1", "l2", "max");

    private static final int SUMS_PER_BIN = 3;

    private final int bins;
    private final String norm;

    CalibrationError(String name, int bins, String norm) {
        super(name, "calibration(bins=" + bins + ")");
        this.bins = bins;
        this.norm = norm;
    }

    @Override
    public Sums zero() {
        return new Sums(SUMS_PER_BIN * bins);
    }

    @Override
    protected Sums read(StateInput input) {
        return Sums.read(SUMS_PER_BIN * bins, input);
    }

    @Override
    public void update(Sums state, MetricInput input) {
        ProbabilityReader reader = new ProbabilityReader(input, name());
        for (int row = 0; row < input.rows(); row++) {
            double[] probabilities = reader.row(row);
            int label = reader.label(row);
            int decision = input.predictionColumns() == 1 ? 1 : (int) input.predictedClass(row);
            add(state, probabilities[decision], label == decision, input.weight(row));
        }
    }

    private void add(Sums state, double confidence, boolean right, double weight) {
        int first = SUMS_PER_BIN * bin(confidence);
        state.count(weight);
        state.add(first, weight);
        state.add(first + 1, weight * confidence);
        state.add(first + 2, right ? weight : 0);
    }

    /** The first bin whose upper end isn't below; of NaN the first, which makes the value NaN. */
    private int bin(double confidence) {
        double width = 1.0 / bins;
        int bin = Math.min(bins - 1, (int) (confidence * bins));
        while (bin > 0 && confidence <= bin * width) {
            bin--;
        }
        while (bin < bins - 1 && confidence > (bin + 1) * width) {
            bin++;
        }
        return bin;
    }

    @Override
    protected MetricValue value(Sums state) {
        NotComputableException.checkWeight(name(), state.weight(), state.rows());
        double sum = 0;
        double max = 0;
        for (int first = 0; first < SUMS_PER_BIN * bins; first += SUMS_PER_BIN) {
            double weight = state.sum(first);
            if (weight != 0) {
                double off = Math.abs(state.sum(first + 2) - state.sum(first + 1)) / weight;
                sum += weight * (norm.equals("l2") ? off * off : off);
                max = Math.max(max, off);
            }
        }
        double mean = sum / state.weight();
        return MetricValue.of(
                switch (norm) {
                    case "max" -> max;
                    case "l2" -> Math.sqrt(mean);
                    default -> mean;
                });
    }
}
