package io.firesteel.engine.handler;

/**
 * What a GPU is busy with at a moment, of all programs that use it together. NaN is what the driver doesn't tell, as it doesn't
 * tell the utilization of a part of a GPU (MIG).
 *
 * @param memoryUsed in MiB
 * @param memoryTotal in MiB
 * @param utilization percent of the last moments in which it did anything at all, in [0, 100]
 */
public record GpuUse(double memoryUsed, double memoryTotal, double utilization) {
    /** Nothing is known. */
    static final GpuUse UNKNOWN = new GpuUse(Double.NaN, Double.NaN, Double.NaN);

    /** Percent of the memory that is in use, in [0, 100]. */
    public double memoryPercent() {
        return 100 * memoryUsed / memoryTotal;
    }
}
