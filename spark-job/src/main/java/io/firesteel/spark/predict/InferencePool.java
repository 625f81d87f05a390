package io.firesteel.spark.predict;

import ai.djl.Device;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.Inference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * Networks of this process that wait for rows: a task takes one and gives it back, so that there are as many of a model as tasks have
 * run at once, whatever the number of partitions. Those that nobody has wanted for a minute are closed. Any thread may call.
 */
final class InferencePool {
    /** The executor's. */
    static final InferencePool SHARED = new InferencePool(Duration.ofMinutes(1));

    private final Duration patience;
    private final Map<String, Deque<Idle>> waiting = new HashMap<>();
    private final ScheduledThreadPoolExecutor clock;

    /** @param patience how long a network waits before it is closed */
    InferencePool(Duration patience) {
        this.patience = patience;
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "firesteel-idle-networks");
            thread.setDaemon(true);
            return thread;
        });
        // No thread lives as long as nothing waits.
        clock.setKeepAliveTime(1, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** A network that waits, since when. */
    private record Idle(Inference inference, long since) {}

    /**
     * A network that one thread has until it closes this.
     *
     * @param key what it is given back under
     */
    record Loan(InferencePool pool, String key, Inference inference) implements AutoCloseable {
        @Override
        public void close() {
            pool.giveBack(this);
        }
    }

    /** A network for the calling task, with room for batches of so many rows. */
    Loan take(NetworkSource source, int capacity) {
        Device device = device();
        String key = source.key() + "|" + capacity + "|" + device;
        synchronized (this) {
            Deque<Idle> idle = waiting.get(key);
            if (idle != null && !idle.isEmpty()) {
                return new Loan(this, key, idle.pop().inference());
            }
        }
        TaskContext task = TaskContext.get();
        Torch.start(task == null ? 1 : Math.max(1, task.cpus()));
        return new Loan(this, key, source.inference(device, capacity));
    }

    /** A GPU is one that Spark assigned to the task, never one merely seen. */
    private static Device device() {
        TaskContext task = TaskContext.get();
        ResourceInformation gpu = task == null ? null : task.resourcesJMap().get("gpu");
        return gpu == null || gpu.addresses().length == 0
                ? Device.cpu()
                : Device.gpu(Integer.parseInt(gpu.addresses()[0].strip()));
    }

    private synchronized void giveBack(Loan loan) {
        waiting.computeIfAbsent(loan.key(), key -> new ArrayDeque<>())
                .push(new Idle(loan.inference(), System.nanoTime()));
        ScheduledFuture<?> unused = clock.schedule(this::closeIdle, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void closeIdle() {
        List<Inference> expired = new ArrayList<>();
        synchronized (this) {
            long latest = System.nanoTime() - patience.toNanos();
            waiting.values().forEach(idle -> {
                while (!idle.isEmpty() && idle.peekLast().since() - latest <= 0) {
                    expired.add(idle.removeLast().inference());
                }
            });
            waiting.values().removeIf(Deque::isEmpty);
        }
        expired.forEach(Inference::close);
    }

    /** How many networks wait. */
    synchronized int idle() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }
}
