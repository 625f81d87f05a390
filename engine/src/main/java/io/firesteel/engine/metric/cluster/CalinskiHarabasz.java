package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.cluster.ClusterMoments.Cluster;

/**
 * The Calinski-Harabasz index (variance ratio): {@code between / within * (n - k) / (k - 1)} of n rows in k clusters, where
 * between is the scatter of the clusters' centroids and within that of rows around them; in [0, infinity), higher is
 * better. Reads predictions (N, C): features, classes (N): clusters, and weights, where a weight of 2 counts as the row
 * twice. 1 if all rows are at their centroids, as in scikit-learn.
 *
 * <p>Exact for any number of rows: the state has the weight, centroid and scatter of each cluster, 8 * k * (C + 3) bytes.
 * No value with one cluster, or as many as rows. Misleads with clusters that aren't round, and grows with n. After <a
 * href="https://doi.org/10.1080/03610927408827101">Caliński and Harabasz</a>, with the values of scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.calinski_harabasz_score.html">calinski_harabasz_score</a>.
 */
final class CalinskiHarabasz extends StateMetric<ClusterMoments> {
    CalinskiHarabasz(String name) {
        super(name);
    }

    @Override
    public ClusterMoments zero() {
        return new ClusterMoments();
    }

    @Override
    public void update(ClusterMoments state, MetricInput input) {
        for (int row = 0; row < input.rows(); row++) {
            state.add(Point.of(input, row));
        }
    }

    @Override
    protected MetricValue value(ClusterMoments state) {
        int count = state.clusters().size();
        double weight = 0;
        double within = 0;
        for (Cluster cluster : state.clusters()) {
            weight += cluster.weight();
            within += cluster.scatter();
        }
        Clusters.check(name(), count, weight);
        if (within == 0) {
            return MetricValue.of(1);
        }
        return MetricValue.of(between(state, weight) / within * (weight - count) / (count - 1));
    }

    private static double between(ClusterMoments state, double weight) {
        double sum = 0;
        for (int column = 0; column < state.columns(); column++) {
            double mean = 0;
            for (Cluster cluster : state.clusters()) {
                mean += cluster.weight() / weight * cluster.centroid(column);
            }
            for (Cluster cluster : state.clusters()) {
                double difference = cluster.centroid(column) - mean;
                sum += cluster.weight() * difference * difference;
            }
        }
        return sum;
    }

    @Override
    protected ClusterMoments read(StateInput input) {
        return ClusterMoments.read(input);
    }
}
