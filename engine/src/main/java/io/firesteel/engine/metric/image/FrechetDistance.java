package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;

/**
 * Fréchet inception distance: how far the features of made images are from those of real ones, if both were Gaussian:
 *
 * <pre>
 * |m1 - m2|^2 + trace(S1 + S2 - 2 * (S1 * S2)^(1/2))
 * </pre>
 *
 * with means m and covariances S, in [0, infinity), 0 for the same. Reads predictions (N, C): features of made images,
 * targets (N, C): features of real ones (rows needn't belong together), and weights, where a weight of 2 counts as the row
 * twice. The features are up to the user: the 2048 of Inception v3 where values are to be compared with those of papers.
 *
 * <p>The covariances are unbiased and merged exactly; memory and state are 8 * C^2 bytes whatever the number of rows, so C
 * is at most 8192. The trace of the matrix root is the sum of the singular values of {@code L1' * L2} with {@code Li * Li'
 * = Si}, which is exact for covariances without full rank too; time grows with C^3: two seconds for 1024 features, half a
 * minute for 2048, on one core. Misleads with few rows: the value is biased upwards, so compare only at the same number of
 * rows. No value for a total weight up to 1. After Heusel et al., <a href="https://arxiv.org/abs/1706.08500">GANs Trained by a Two Time-Scale Update
 * Rule</a>, like Ignite's <a href="https://docs.pytorch.org/ignite/generated/ignite.metrics.FID.html">FID</a>.
 */
final class FrechetDistance extends StateMetric<FeatureMoments> {
    static final int MAX_COLUMNS = 8192;

    FrechetDistance(String name) {
        super(name);
    }

    @Override
    public FeatureMoments zero() {
        return new FeatureMoments();
    }

    @Override
    public void update(FeatureMoments state, MetricInput input) {
        int columns = input.rows() == 0 ? 0 : checkedColumns(input);
        double[] made = new double[columns];
        double[] real = new double[columns];
        for (int row = 0; row < input.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                made[column] = input.prediction(row, column);
                real[column] = input.target(row, column);
            }
            state.add(made, real, input.weight(row));
        }
    }

    private int checkedColumns(MetricInput input) {
        int columns = input.pairedColumns(name());
        if (columns > MAX_COLUMNS) {
            throw new IllegalArgumentException("Cannot compute " + name() + ": too many features (" + columns
                    + ", expected at most " + MAX_COLUMNS + ")");
        }
        return columns;
    }

    @Override
    protected MetricValue value(FeatureMoments state) {
        Moments made = state.made();
        Moments real = state.real();
        if (made.weight() <= 1) {
            throw new NotComputableException("Cannot compute " + name()
                    + ": too few rows for a covariance (total weight " + made.weight() + ", expected > 1)");
        }
        double distance = made.variance()
                + real.variance()
                - 2 * SingularValues.sum(root(made).times(root(real)));
        for (int i = 0; i < made.columns(); i++) {
            double difference = made.mean(i) - real.mean(i);
            distance += difference * difference;
        }
        return MetricValue.of(Math.max(0, distance));
    }

    private static CovarianceRoot root(Moments moments) {
        return new CovarianceRoot(moments.columns(), moments.covariance());
    }

    @Override
    protected FeatureMoments read(StateInput input) {
        return FeatureMoments.read(input);
    }
}
