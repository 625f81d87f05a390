package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.MetricParameters;

/**
 * The Davies-Bouldin index: the mean, over clusters, of {@code max((s[i] + s[j]) / d[i][j])} over the other clusters, where
 * s is the mean distance of a cluster's rows to its centroid and d the distance of two centroids; in [0, infinity), lower
 * is better. Reads predictions (N, C): features, classes (N): clusters, and weights, where a weight of 2 counts as the row
 * twice. Distances are Euclidean. 0 if all rows are at their centroids or all centroids are in one place.
 *
 * <p>Exact up to {@code exactRows} rows; of more, that of a sample of so many, which are those with the lowest hashes of
 * their content: for any split over ranks the same rows. The means of a cluster with a share q of the rows have then a
 * relative standard error in the order of {@code 1 / sqrt(q * exactRows)}. Memory and state are 8 * (C + 2) * exactRows
 * bytes at most.
 *
 * <p>No value with one cluster, or as many as rows. Misleads with clusters that aren't round. After <a
 * href="https://doi.org/10.1109/TPAMI.1979.4766909">Davies and Bouldin</a>, with the values of scikit-learn's <a
 * href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.davies_bouldin_score.html">davies_bouldin_score</a>.
 */
final class DaviesBouldin extends SampleMetric {
    /** What scikit-learn takes for 0. */
    private static final double ZERO = 1e-8;

    DaviesBouldin(MetricParameters parameters) {
        super(parameters);
    }

    @Override
    double value(Clusters clusters) {
        double[][] centroids = centroids(clusters);
        double[] spreads = spreads(clusters, centroids);
        boolean compact = true;
        boolean together = true;
        double sum = 0;
        for (int i = 0; i < centroids.length; i++) {
            compact &= spreads[i] <= ZERO;
            double worst = 0;
            for (int j = 0; j < centroids.length; j++) {
                double distance = distance(centroids[i], centroids[j]);
                together &= distance <= ZERO;
                worst = distance == 0 ? worst : Math.max(worst, (spreads[i] + spreads[j]) / distance);
            }
            sum += worst;
        }
        return compact || together ? 0 : sum / centroids.length;
    }

    private static double[][] centroids(Clusters clusters) {
        double[][] centroids =
                new double[clusters.count()][clusters.points().get(0).columns()];
        for (int i = 0; i < clusters.points().size(); i++) {
            Point point = clusters.points().get(i);
            int cluster = clusters.cluster(i);
            double share = point.weight() / clusters.weight(cluster);
            for (int column = 0; column < point.columns(); column++) {
                centroids[cluster][column] += share * point.feature(column);
            }
        }
        return centroids;
    }

    private static double[] spreads(Clusters clusters, double[][] centroids) {
        double[] spreads = new double[centroids.length];
        for (int i = 0; i < clusters.points().size(); i++) {
            Point point = clusters.points().get(i);
            int cluster = clusters.cluster(i);
            spreads[cluster] += point.weight() / clusters.weight(cluster) * point.distance(centroids[cluster]);
        }
        return spreads;
    }

    private static double distance(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }
        return Math.sqrt(sum);
    }
}
