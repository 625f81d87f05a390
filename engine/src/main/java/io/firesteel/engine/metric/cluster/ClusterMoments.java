package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The weight, centroid and scatter of each cluster. Rows of weight 0 are counted only, so that they make no cluster. */
final class ClusterMoments implements MetricState<ClusterMoments> {
    private long rows;
    private final NavigableMap<Long, Cluster> clusters = new TreeMap<>();

    /** One cluster. */
    static final class Cluster {
        private final double[] centroid;
        private double weight;
        private double scatter;

        Cluster(int columns) {
            centroid = new double[columns];
        }

        double weight() {
            return weight;
        }

        double centroid(int column) {
            return centroid[column];
        }

        /** The sum of squared distances to the centroid, each times its row's weight. */
        double scatter() {
            return scatter;
        }

        private void add(Point point) {
            double total = weight + point.weight();
            double squares = 0;
            for (int i = 0; i < centroid.length; i++) {
                squares += move(i, point.feature(i), point.weight() / total);
            }
            scatter += squares * (weight * point.weight() / total);
            weight = total;
        }

        private void add(Cluster other) {
            double total = weight + other.weight;
            double squares = 0;
            for (int i = 0; i < centroid.length; i++) {
                squares += move(i, other.centroid[i], other.weight / total);
            }
            scatter += other.scatter + squares * (weight * other.weight / total);
            weight = total;
        }

        private double move(int column, double to, double share) {
            double difference = to - centroid[column];
            centroid[column] += difference * share;
            return difference * difference;
        }
    }

    void add(Point point) {
        rows++;
        if (point.weight() > 0) {
            cluster(point.cluster(), point.columns()).add(point);
        }
    }

    private Cluster cluster(long label, int columns) {
        int expected = columns();
        if (!clusters.isEmpty() && columns != expected) {
            throw new IllegalArgumentException("Cannot compare points: the number of features changes (" + columns
                    + ", expected " + expected + " as before)");
        }
        return clusters.computeIfAbsent(label, key -> new Cluster(columns));
    }

    /** The number of features; 0 before the first row. */
    int columns() {
        return clusters.isEmpty() ? 0 : clusters.get(clusters.firstKey()).centroid.length;
    }

    Collection<Cluster> clusters() {
        return clusters.values();
    }

    @Override
    public ClusterMoments plus(ClusterMoments other) {
        ClusterMoments merged = new ClusterMoments();
        merged.rows = Math.addExact(rows, other.rows);
        clusters.forEach((label, cluster) -> merged.cluster(label, columns()).add(cluster));
        other.clusters.forEach(
                (label, cluster) -> merged.cluster(label, other.columns()).add(cluster));
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        output.writeInt(columns());
        output.writeInt(clusters.size());
        clusters.forEach((label, cluster) -> {
            output.writeLong(label);
            output.writeDouble(cluster.weight);
            output.writeDouble(cluster.scatter);
            output.writeDoubles(cluster.centroid);
        });
    }

    static ClusterMoments read(StateInput input) {
        ClusterMoments state = new ClusterMoments();
        state.rows = input.readLong();
        int columns = input.readCount(Double.BYTES);
        int count = input.readCount((columns + 3) * Double.BYTES);
        for (int i = 0; i < count; i++) {
            Cluster cluster = new Cluster(columns);
            long label = input.readLong();
            cluster.weight = input.readDouble();
            cluster.scatter = input.readDouble();
            System.arraycopy(input.readDoubles(columns), 0, cluster.centroid, 0, columns);
            state.clusters.put(label, cluster);
        }
        return state;
    }
}
