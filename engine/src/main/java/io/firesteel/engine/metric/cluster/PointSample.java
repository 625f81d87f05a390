package io.firesteel.engine.metric.cluster;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * All points, or if there are more than so many, those with the lowest hashes: whatever the batches and ranks, the same ones.
 * Points of weight 0 are counted only.
 */
final class PointSample implements MetricState<PointSample> {
    private final int limit;
    private final List<Point> points = new ArrayList<>();
    private long rows;
    /** The last point that counts as long as the sample is full; null before. */
    private Point last;

    PointSample(int limit) {
        this.limit = limit;
    }

    void add(Point point) {
        rows++;
        if (point.weight() > 0) {
            keep(point);
        }
    }

    private void keep(Point point) {
        if (!points.isEmpty()) {
            checkColumns(point.columns());
        }
        if (last != null && point.compareTo(last) >= 0) {
            return;
        }
        points.add(point);
        if (points.size() >= 2L * limit) {
            List<Point> lowest = points();
            points.clear();
            points.addAll(lowest);
            last = lowest.get(lowest.size() - 1);
        }
    }

    private void checkColumns(int columns) {
        if (columns != points.get(0).columns()) {
            throw new IllegalArgumentException("Cannot compare points: the number of features changes (" + columns
                    + ", expected " + points.get(0).columns() + " as before)");
        }
    }

    /** The sample, in order. */
    List<Point> points() {
        return points.stream().sorted().limit(limit).toList();
    }

    @Override
    public PointSample plus(PointSample other) {
        PointSample merged = new PointSample(limit);
        points.forEach(merged::keep);
        other.points.forEach(merged::keep);
        merged.rows = Math.addExact(rows, other.rows);
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        List<Point> sample = points();
        output.writeLong(rows);
        output.writeInt(sample.isEmpty() ? 0 : sample.get(0).columns());
        output.writeInt(sample.size());
        sample.forEach(point -> point.write(output));
    }

    static PointSample read(int limit, StateInput input) {
        PointSample sample = new PointSample(limit);
        sample.rows = input.readLong();
        int columns = input.readCount(Double.BYTES);
        int count = input.readCount((columns + 2) * Double.BYTES);
        input.check(count <= limit, "too many points", count, "0 to " + limit);
        for (int i = 0; i < count; i++) {
            sample.points.add(Point.read(columns, input));
        }
        return sample;
    }
}
