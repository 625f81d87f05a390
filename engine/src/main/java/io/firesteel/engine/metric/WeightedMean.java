package io.firesteel.engine.metric;

import java.nio.ByteBuffer;

/** The state of a weighted mean: what must be known of many values to know their mean. Mutable. */
final class WeightedMean {
    private static final int PAYLOAD_BYTES = 2 * Double.BYTES + Long.BYTES;

    private double sum;
    private double weight;
    private long rows;

    /** Adds a row whose value, times its weight, is {@code weighted}. */
    void add(double weighted, double rowWeight) {
        sum += weighted;
        weight += rowWeight;
        rows++;
    }

    WeightedMean plus(WeightedMean other) {
        WeightedMean merged = new WeightedMean();
        merged.sum = sum + other.sum;
        merged.weight = weight + other.weight;
        merged.rows = Math.addExact(rows, other.rows);
        return merged;
    }

    double compute(String metric) {
        if (rows == 0) {
            throw new NotComputableException("Cannot compute " + metric + ": no rows yet");
        }
        if (weight == 0) {
            throw new NotComputableException("Cannot compute " + metric + ": total weight of " + rows + " rows is 0");
        }
        return sum / weight;
    }

    /** Payload: sum (double), weight (double), rows (long). */
    byte[] toBytes(String metric) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        payload.putDouble(sum).putDouble(weight).putLong(rows).flip();
        return StateBytes.wrap(metric, payload);
    }

    static WeightedMean fromBytes(String metric, byte[] bytes) {
        ByteBuffer payload = StateBytes.unwrap(metric, PAYLOAD_BYTES, bytes);
        WeightedMean mean = new WeightedMean();
        mean.sum = payload.getDouble();
        mean.weight = payload.getDouble();
        mean.rows = payload.getLong();
        return mean;
    }
}
