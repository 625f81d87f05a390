package io.firesteel.engine.comm;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The ranks of one world as threads of this JVM, each with its own communicator over loopback. */
final class Ranks {
    static final Secret SECRET = Secret.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    /** What one rank does. */
    interface Body<T> {
        T run(Communicator communicator) throws Exception;
    }

    /** How it ended: exactly one of the two is set, apart from a null value. */
    record Outcome<T>(T value, Throwable failure) {
        CommunicationException communicationFailure() {
            if (failure instanceof CommunicationException expected) {
                return expected;
            }
            throw new AssertionError("Not a CommunicationException", failure);
        }
    }

    private Ranks() {}

    static CommunicatorOptions.Builder options() {
        return CommunicatorOptions.builder()
                .optConnectDeadline(Duration.ofSeconds(20))
                .optOperationDeadline(Duration.ofSeconds(20));
    }

    static List<PeerListener> listeners(int worldSize) {
        List<PeerListener> listeners = new ArrayList<>();
        for (int rank = 0; rank < worldSize; rank++) {
            listeners.add(PeerListener.open(InetAddress.getLoopbackAddress()));
        }
        return listeners;
    }

    static Group group(List<PeerListener> listeners, int rank, CommunicatorOptions options) {
        List<Member> members = listeners.stream()
                .map(listener -> Member.of(listener.address()))
                .toList();
        return new Group("run-7", 0, rank, members, SECRET, options);
    }

    /** Runs the body on every rank and closes everything. */
    static <T> List<Outcome<T>> run(int worldSize, CommunicatorOptions options, Body<T> body) throws Exception {
        List<PeerListener> listeners = listeners(worldSize);
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int rank = 0; rank < worldSize; rank++) {
            PeerListener listener = listeners.get(rank);
            Group group = group(listeners, rank, options);
            tasks.add(start("rank " + rank, () -> {
                try (Communicator communicator = listener.connect(group)) {
                    return body.run(communicator);
                }
            }));
        }
        List<Outcome<T>> outcomes = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            outcomes.add(outcome(task));
        }
        return outcomes;
    }

    /** As {@link #run}, where no rank may fail. */
    static <T> List<T> values(int worldSize, CommunicatorOptions options, Body<T> body) throws Exception {
        List<T> values = new ArrayList<>();
        for (Outcome<T> outcome : run(worldSize, options, body)) {
            if (outcome.failure() != null) {
                throw new AssertionError("A rank failed", outcome.failure());
            }
            values.add(outcome.value());
        }
        return values;
    }

    static <T> FutureTask<T> start(String name, Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static <T> Outcome<T> outcome(FutureTask<T> task) throws InterruptedException {
        try {
            return new Outcome<>(task.get(), null);
        } catch (ExecutionException e) {
            return new Outcome<>(null, e.getCause());
        }
    }

    static FloatBuffer vector(int elements) {
        return ByteBuffer.allocateDirect(elements * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    static FloatBuffer vector(float... values) {
        return vector(values.length).put(0, values);
    }

    static int[] bits(FloatBuffer vector) {
        int[] bits = new int[vector.remaining()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(vector.get(vector.position() + i));
        }
        return bits;
    }
}
