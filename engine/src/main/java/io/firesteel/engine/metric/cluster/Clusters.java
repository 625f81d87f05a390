package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.NotComputableException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Points by cluster, of which there are at least 2 and fewer than points. */
final class Clusters {
    private final List<Point> points;
    private final int[] clusters;
    private final double[] weights;

    /**
     * Sorts points by cluster.
     *
     * @param metric that asks, for the message
     */
    Clusters(String metric, List<Point> points) {
        this.points = points;
        NavigableMap<Long, Integer> numbers = new TreeMap<>();
        points.forEach(point -> numbers.put(point.cluster(), 0));
        int next = 0;
        for (Map.Entry<Long, Integer> entry : numbers.entrySet()) {
            entry.setValue(next++);
        }
        clusters =
                points.stream().mapToInt(point -> numbers.get(point.cluster())).toArray();
        weights = new double[numbers.size()];
        for (int i = 0; i < clusters.length; i++) {
            weights[clusters[i]] += points.get(i).weight();
        }
        check(metric, weights.length, weight());
    }

    /** Refuses what scikit-learn refuses: one cluster only, or as many as there are points. */
    static void check(String metric, int clusters, double weight) {
        if (clusters < 2 || clusters >= weight) {
            throw new NotComputableException("Cannot compute " + metric + ": bad number of clusters (" + clusters
                    + " in a total weight of " + weight + ", expected at least 2 and fewer than that)");
        }
    }

    int count() {
        return weights.length;
    }

    List<Point> points() {
        return points;
    }

    /** The cluster of a point, counted from 0. */
    int cluster(int point) {
        return clusters[point];
    }

    /** The weight of all points in a cluster. */
    double weight(int cluster) {
        return weights[cluster];
    }

    double weight() {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }
}
