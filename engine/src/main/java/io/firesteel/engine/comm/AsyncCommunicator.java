package io.firesteel.engine.comm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the operations of a communicator on a thread of its own, in the order in which they were submitted.
 *
 * <pre>
 *   try (AsyncCommunicator async = AsyncCommunicator.of(communicator)) {
 *       CompletableFuture&lt;Void&gt; sum = async.run(ranks -&gt; ranks.allReduceSum(contributions, result));
 *       CompletableFuture&lt;List&lt;byte[]&gt;&gt; states = async.submit(ranks -&gt; ranks.allGather(state));
 *       // other work
 *       sum.join();
 *   }
 * </pre>
 *
 * The ranks submit the same operations in the same order. Until this is closed the communicator belongs to that thread:
 * nobody else calls its operations. Methods may be called from any thread, where the order of the calls is what counts.
 */
public final class AsyncCommunicator implements AutoCloseable {
    private final Communicator communicator;
    private final LinkedBlockingQueue<Runnable> operations = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean closed;
    /** Belongs to the thread. */
    private boolean ended;

    private AsyncCommunicator(Communicator communicator) {
        this.communicator = communicator;
        thread = new Thread(this::work, "firesteel-collectives-" + communicator.rank());
        thread.setDaemon(true);
    }

    /** Starts the thread, which lasts until {@link #close}. The communicator stays the caller's to close, after this. */
    public static AsyncCommunicator of(Communicator communicator) {
        AsyncCommunicator async = new AsyncCommunicator(communicator);
        async.thread.start();
        return async;
    }

    /**
     * Calls the operations on the communicator when all that were submitted before have ended.
     *
     * @param operation calls one operation or several, and nothing that waits for this communicator otherwise
     * @return what it returned, or threw; cancelling it doesn't stop an operation, which all ranks have to go through
     * @throws IllegalStateException if this is closed
     */
    public <T> CompletableFuture<T> submit(Function<Communicator, T> operation) {
        CompletableFuture<T> future = new CompletableFuture<>();
        enqueue(() -> complete(future, operation));
        return future;
    }

    /** As {@link #submit}, without a result. */
    public CompletableFuture<Void> run(Consumer<Communicator> operation) {
        return submit(ranks -> {
            operation.accept(ranks);
            return null;
        });
    }

    private synchronized void enqueue(Runnable operation) {
        if (closed) {
            throw new IllegalStateException("Cannot submit an operation on rank " + communicator.rank()
                    + ": the asynchronous communicator is closed");
        }
        operations.add(operation);
    }

    private <T> void complete(CompletableFuture<T> future, Function<Communicator, T> operation) {
        try {
            future.complete(operation.apply(communicator));
        } catch (Throwable failure) {
            future.completeExceptionally(failure);
        }
    }

    private void work() {
        while (!ended) {
            next().run();
        }
    }

    /** An interrupt ends the operation that it meets, as the communicator has it, and never this thread. */
    private Runnable next() {
        while (true) {
            try {
                return operations.take();
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }

    /**
     * Takes no more operations, waits until those submitted have ended, each within its deadline, and ends the thread.
     * An interrupt ends the wait, and leaves the thread to end by itself. A second call does nothing.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                operations.add(() -> ended = true);
            }
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
