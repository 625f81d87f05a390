package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;

/**
 * Inception score of made images: {@code exp(mean(KL(p(y | x) || p(y))))}, high if a classifier is sure of each image and
 * sees many classes in all of them, in [1, C]. Reads the classifier's logits or probabilities (N, C) for the images, and
 * weights. State and memory grow with C.
 *
 * <p>Misleads where images of a class are all the same, or where the classifier doesn't know the classes; it never looks at real
 * images. All rows are one split (papers often average ten). After Salimans et al., <a
 * href="https://arxiv.org/abs/1606.03498">Improved Techniques for Training GANs</a>, like Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.InceptionScore.html">InceptionScore</a>.
 */
final class InceptionScore extends StateMetric<ProbabilitySums> {
    InceptionScore(String name) {
        super(name);
    }

    @Override
    public ProbabilitySums zero() {
        return new ProbabilitySums();
    }

    @Override
    public void update(ProbabilitySums state, MetricInput input) {
        int classes = input.rows() == 0 ? 0 : Math.max(2, input.predictionColumns());
        double[] probabilities = new double[classes];
        for (int row = 0; row < input.rows(); row++) {
            input.probabilities(row, probabilities);
            state.add(probabilities, input.weight(row));
        }
    }

    @Override
    protected MetricValue value(ProbabilitySums state) {
        NotComputableException.checkWeight(name(), state.weight(), state.rows());
        return MetricValue.of(Math.exp(state.divergence()));
    }

    @Override
    protected ProbabilitySums read(StateInput input) {
        return ProbabilitySums.read(input);
    }
}
