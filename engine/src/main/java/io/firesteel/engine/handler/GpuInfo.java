package io.firesteel.engine.handler;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a GPU is busy with into {@code state().metrics()}: {@code gpu0.memoryMiB}, {@code gpu0.memoryPercent} and {@code
 * gpu0.utilizationPercent} of GPU 0, where loggers find them. Ignite's <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.metrics.GpuInfo.html">GpuInfo</a>. Reads {@code nvidia-smi}, a program that
 * takes tens of milliseconds, so at the ends of epochs unless told otherwise. The numbers are those of the machine's GPU, other
 * programs on it included, and of this replica alone.
 *
 * <p>Differs from Ignite's, which needs pynvml and has the values of all GPUs that the process sees. A GPU that can't be read is
 * refused when the handler is attached; if that happens later, there is one warning in the log and values are NaN.
 *
 * @param <B> batch of the engine
 * @param <O> output of the engine's process function
 */
public final class GpuInfo<B, O> implements Handler<B, O> {
    private static final Logger LOG = LoggerFactory.getLogger(GpuInfo.class);

    private final int device;
    private final EventSelector when;
    private final GpuReader reader;
    private boolean warned;

    /**
     * At the end of each epoch.
     *
     * @param device the driver's number of the GPU, from 0: not that among those which {@code CUDA_VISIBLE_DEVICES} leaves visible
     */
    public GpuInfo(int device) {
        this(device, Events.EPOCH_COMPLETED, new NvidiaSmi("nvidia-smi", NvidiaSmi.DEADLINE));
    }

    /**
     * @param device the reader's number of the GPU, from 0
     * @param when at which firings it is read
     * @param reader how
     */
    public GpuInfo(int device, EventSelector when, GpuReader reader) {
        Valid.notNegative("device", (long) device);
        this.device = device;
        this.when = Objects.requireNonNull(when, "when");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    @Override
    public String name() {
        return "gpu " + device;
    }

    /** @throws IllegalStateException if the GPU can't be read */
    @Override
    public void attach(Engine<B, O> engine) {
        reader.read(device);
        engine.on(when, EngineMetrics.PRIORITY, name(), this::write);
    }

    private void write(Engine<B, O> engine) {
        GpuUse use = read();
        String metric = "gpu" + device;
        Map<String, Double> metrics = engine.state().metrics();
        metrics.put(metric + ".memoryMiB", use.memoryUsed());
        metrics.put(metric + ".memoryPercent", use.memoryPercent());
        metrics.put(metric + ".utilizationPercent", use.utilization());
    }

    private GpuUse read() {
        try {
            return reader.read(device);
        } catch (IllegalStateException e) {
            if (!warned) {
                LOG.warn("{}; its values are NaN", e.getMessage());
                warned = true;
            }
            return GpuUse.UNKNOWN;
        }
    }
}
