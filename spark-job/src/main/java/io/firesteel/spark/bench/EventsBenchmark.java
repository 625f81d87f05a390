package io.firesteel.spark.bench;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.EventHandler;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an iteration of the event engine costs by itself: a process function that does nothing, one batch over and over, and
 * handlers of ITERATION_COMPLETED that count their calls, every second of them filtered to every 100th iteration.
 *
 * @param handlers numbers of handlers, each &gt;= 0, at least one
 * @param iterations of each run, &gt;= 1000
 * @param runs of each number of handlers that count, &gt;= 1
 */
public record EventsBenchmark(List<Integer> handlers, int iterations, int runs) {
    private static final int PERIOD = 100;
    private static final int CLASSES = 4;
    private static final int WARM_UP_RUNS = 3;
    private static final Object BATCH = new Object();

    public EventsBenchmark {
        handlers = List.copyOf(handlers);
        if (handlers.isEmpty() || handlers.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("Invalid handlers: " + handlers + " (must be one or more, each >= 0)");
        }
        if (iterations < 1000) {
            throw new IllegalArgumentException("Invalid iterations: " + iterations + " (must be >= 1000)");
        }
        if (runs < 1) {
            throw new IllegalArgumentException("Invalid runs: " + runs + " (must be >= 1)");
        }
    }

    /** Measures, on this thread. */
    public BenchReport run() {
        List<Subject> subjects = handlers.stream().map(Subject::new).toList();
        for (int run = -WARM_UP_RUNS; run < runs; run++) {
            for (Subject subject : subjects) {
                subject.measure(iterations, run >= 0);
            }
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        TextTable table = new TextTable(0, "handlers", "filtered", "ns per iteration", "bytes per iteration");
        for (Subject subject : subjects) {
            rows.add(subject.row(iterations));
            table.add(
                    Integer.toString(subject.handlers),
                    Integer.toString(subject.filtered),
                    Texts.decimals(1, subject.nanosPerIteration(iterations)),
                    Texts.decimals(3, subject.bytesPerIteration(iterations)));
        }
        return new BenchReport("events", rows, table.text());
    }

    /** An engine with its handlers, and how long its runs took. */
    private static final class Subject {
        private final int handlers;
        private final int filtered;
        private final Engine<Object, Object> engine = new Engine<>("bench", (e, batch) -> batch);
        private final List<Double> nanos = new ArrayList<>();
        private long calls;
        private long bytesOfShortRun;
        private long bytesOfLongRun;

        Subject(int handlers) {
            this.handlers = handlers;
            this.filtered = handlers / 2;
            for (int i = 0; i < handlers; i++) {
                engine.on(
                        i % 2 == 0 ? Events.ITERATION_COMPLETED : Events.ITERATION_COMPLETED.every(PERIOD),
                        handler(i / 2 % CLASSES));
            }
        }

        /** Of several classes, as in a training: calls of a single one would be compiled into the loop. */
        private EventHandler<Object, Object> handler(int ofClass) {
            return switch (ofClass) {
                case 0 -> e -> calls++;
                case 1 -> e -> calls++;
                case 2 -> e -> calls++;
                default -> e -> calls++;
            };
        }

        /** A short run tells what a run allocates whatever its length. */
        void measure(int iterations, boolean counts) {
            int few = iterations / PERIOD;
            long before = allocated();
            timed(few);
            long between = allocated();
            double took = timed(iterations);
            long after = allocated();
            if (counts) {
                nanos.add(took);
                bytesOfShortRun += between - before;
                bytesOfLongRun += after - between;
            }
        }

        private static long allocated() {
            return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                    .getCurrentThreadAllocatedBytes();
        }

        private double timed(int iterations) {
            BatchSource<Object> source = BatchSource.of(Collections.nCopies(iterations, BATCH));
            calls = 0;
            engine.restart();
            long start = System.nanoTime();
            engine.run(source, RunLimit.epochs(1));
            long took = System.nanoTime() - start;
            check(iterations);
            return took;
        }

        private void check(int iterations) {
            long expected = (long) (handlers - filtered) * iterations + (long) filtered * (iterations / PERIOD);
            if (calls != expected) {
                throw new IllegalStateException("Cannot trust the measurement: handlers were called " + calls
                        + " times (expected " + expected + ")");
            }
        }

        double nanosPerIteration(int iterations) {
            return new Statistics(nanos.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray())
                            .median()
                    / iterations;
        }

        double bytesPerIteration(int iterations) {
            double more = (double) (iterations - iterations / PERIOD) * nanos.size();
            return Math.max(0, bytesOfLongRun - bytesOfShortRun) / more;
        }

        Map<String, Object> row(int iterations) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("handlers", handlers);
            row.put("filtered", filtered);
            row.put("nanosPerIteration", nanosPerIteration(iterations));
            row.put("bytesPerIteration", bytesPerIteration(iterations));
            return row;
        }
    }
}
