package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MeanMetric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.WeightedMean;

/**
 * How far predicted distributions p are from wanted ones q: a mean over rows, weighted, in nats. Reads predictions (N, C) that are
 * probabilities or logits, targets (N, C) that are probabilities or, with {@code targets=logits}, logits, and weights. (In Ignite both
 * are logits.)
 *
 * <ul>
 *   <li>{@code klDivergence}: {@code sum(q ln(q / p))}, in [0, ∞); infinite if a class is predicted with probability 0 that has
 *       more. As Ignite's <a href="https://docs.pytorch.org/ignite/generated/ignite.metrics.KLDivergence.html">KLDivergence</a>.
 *   <li>{@code jsDivergence}: {@code KL(p, m) / 2 + KL(q, m) / 2} where m is the mean of both, in [0, ln 2], the same for p and q
 *       exchanged. As Ignite's <a
 *       href="https://docs.pytorch.org/ignite/generated/ignite.metrics.JSDivergence.html">JSDivergence</a>, and the square of SciPy's
 *       {@code jensenshannon}.
 * </ul>
 */
final class Divergence extends MeanMetric {
    private final boolean symmetric;
    private final boolean logits;

    private Divergence(String name, boolean symmetric, boolean logits) {
        super(name);
        this.symmetric = symmetric;
        this.logits = logits;
    }

    static Divergence kullbackLeibler(String name, String targets) {
        return new Divergence(name, false, targets.equals("logits"));
    }

    static Divergence jensenShannon(String name, String targets) {
        return new Divergence(name, true, targets.equals("logits"));
    }

    @Override
    public void update(WeightedMean state, MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        int classes = Math.max(2, input.pairedColumns(name()));
        double[] predicted = new double[classes];
        double[] wanted = new double[classes];
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            state.add(weight > 0 ? weight * divergence(input, row, predicted, wanted) : 0, weight);
        }
    }

    private double divergence(MetricInput input, int row, double[] predicted, double[] wanted) {
        Distributions.ofPredictions(input, row, predicted);
        if (logits) {
            Distributions.ofLogits(input, row, wanted);
        } else {
            Distributions.ofProbabilities(input, row, wanted);
        }
        if (!symmetric) {
            return Distributions.divergence(wanted, predicted);
        }
        double[] middle = new double[wanted.length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = Math.log((Math.exp(predicted[i]) + Math.exp(wanted[i])) / 2);
        }
        return (Distributions.divergence(predicted, middle) + Distributions.divergence(wanted, middle)) / 2;
    }
}
