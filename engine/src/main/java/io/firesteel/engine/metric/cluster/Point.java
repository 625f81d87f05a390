package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * A row: where it is, and the cluster that it was put into. Points are ordered by a hash of all that they are, so that the first
 * ones of many are a random sample that doesn't depend on where a point was seen.
 */
final class Point implements Comparable<Point> {
    private final long cluster;
    private final double weight;
    private final double[] features;
    private final long hash;

    Point(long cluster, double weight, double[] features) {
        this.cluster = cluster;
        this.weight = weight;
        this.features = features;
        long mixed = mix(cluster) ^ Double.doubleToLongBits(weight);
        for (double feature : features) {
            mixed = mix(mixed) ^ Double.doubleToLongBits(feature);
        }
        hash = mix(mixed);
    }

    static Point of(MetricInput input, int row) {
        double[] features = new double[input.predictionColumns()];
        for (int i = 0; i < features.length; i++) {
            features[i] = input.prediction(row, i) + 0.0; // makes one zero of both
            if (!Double.isFinite(features[i])) {
                throw new IllegalArgumentException(
                        "Invalid feature: " + features[i] + " in row " + row + " of a batch (must be a finite number)");
            }
        }
        return new Point(input.classLabel(row), input.weight(row), features);
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    long cluster() {
        return cluster;
    }

    double weight() {
        return weight;
    }

    int columns() {
        return features.length;
    }

    double feature(int column) {
        return features[column];
    }

    double distance(Point other) {
        return distance(other.features);
    }

    /** Euclidean. */
    double distance(double[] place) {
        double sum = 0;
        for (int i = 0; i < features.length; i++) {
            double difference = features[i] - place[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @Override
    public int compareTo(Point other) {
        int order = Long.compare(hash, other.hash);
        order = order == 0 ? Long.compare(cluster, other.cluster) : order;
        order = order == 0 ? Double.compare(weight, other.weight) : order;
        return order == 0 ? Arrays.compare(features, other.features) : order;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Point point && compareTo(point) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    void write(StateOutput output) {
        output.writeLong(cluster);
        output.writeDouble(weight);
        output.writeDoubles(features);
    }

    static Point read(int columns, StateInput input) {
        long cluster = input.readLong();
        double weight = input.readDouble();
        return new Point(cluster, weight, input.readDoubles(columns));
    }
}
