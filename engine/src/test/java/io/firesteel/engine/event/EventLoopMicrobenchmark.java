package io.firesteel.engine.event;

import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An iteration of an engine whose process function does nothing, with handlers of ITERATION_COMPLETED of which every second one is
 * filtered. An operation is an iteration; what a run allocates by itself is spread over a million of them. Compiled and run with the
 * profile {@code jmh} alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventLoopMicrobenchmark {
    private static final int ITERATIONS = 1_000_000;
    private static final int PERIOD = 100;
    private static final Object BATCH = new Object();

    /** How many handlers there are. */
    @Param({"0", "1", "10", "50"})
    public int handlers;

    private Engine<Object, Object> engine;
    private BatchSource<Object> source;
    private long calls;

    /** An engine with its handlers. */
    @Setup
    public void attach() {
        engine = new Engine<>("benchmark", (e, batch) -> batch);
        source = BatchSource.of(Collections.nCopies(ITERATIONS, BATCH));
        for (int i = 0; i < handlers; i++) {
            engine.on(
                    i % 2 == 0 ? Events.ITERATION_COMPLETED : Events.ITERATION_COMPLETED.every(PERIOD),
                    handler(i / 2 % 4));
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

    /** One run. */
    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public long iteration() {
        engine.restart();
        engine.run(source, RunLimit.epochs(1));
        return calls;
    }
}
