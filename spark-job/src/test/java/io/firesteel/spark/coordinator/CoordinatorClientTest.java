package io.firesteel.spark.coordinator;

import static io.firesteel.spark.coordinator.Replicas.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.train.Coordination;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients against a coordinator in the same process; messages cross as bytes, as they do over Spark. */
@Timeout(60)
class CoordinatorClientTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final DriverLine TO_COORDINATOR = line(bytes -> {
        Object reply = Coordinator.dispatch(SerializedForm.fromBytes(bytes, Message.class));
        return reply == null ? null : SerializedForm.toBytes(reply);
    });

    private final List<String> heard = new ArrayList<>();
    private final Coordinator coordinator = Coordinator.open(RUN, 3, Replicas.merger(), new Replicas.Notes("", heard));

    @AfterEach
    void close() {
        coordinator.close();
    }

    @Test
    void replicasMeetAndMerge() throws Exception {
        ExecutorService ranks = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<Long>> runs = IntStream.range(0, 3)
                    .mapToObj(rank -> CompletableFuture.supplyAsync(() -> meetAndMerge(rank), ranks))
                    .toList();
            for (CompletableFuture<Long> run : runs) {
                assertThat(run.get(30, TimeUnit.SECONDS)).isEqualTo(6L);
            }
        } finally {
            ranks.shutdownNow();
        }
        assertThat(heard).containsExactly("started 0", "joined 0 by 3");
    }

    private static long meetAndMerge(int rank) {
        CoordinatorClient client = client(TO_COORDINATOR, rank, LONG, () -> {});
        client.started();
        assertThat(client.join(Replicas.member(rank)).members()).hasSize(3);
        for (int epoch = 0; epoch < 20; epoch++) {
            client.merge("epoch/" + epoch, List.of(Replicas.ledger(rank, rank)));
        }
        Map<String, byte[]> merged = client.merge("last", List.of(Replicas.ledger(rank, rank + 1)));
        return Replicas.rows(merged);
    }

    @Test
    void replicasExchangeThroughTheDriver() throws Exception {
        ExecutorService ranks = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<Void>> runs = IntStream.range(0, 3)
                    .mapToObj(rank -> CompletableFuture.runAsync(() -> exchange(rank), ranks))
                    .toList();
            for (CompletableFuture<Void> run : runs) {
                run.get(30, TimeUnit.SECONDS);
            }
        } finally {
            ranks.shutdownNow();
        }
    }

    private static void exchange(int rank) {
        CoordinatorClient client = client(TO_COORDINATOR, rank, LONG, () -> {});
        for (byte number = 0; number < 50; number++) {
            List<byte[]> values = client.exchange(number, new byte[] {(byte) rank, number});
            assertThat(values).containsExactly(new byte[] {0, number}, new byte[] {1, number}, new byte[] {2, number});
        }
    }

    @Test
    void rankThatDoesNotExchangeIsNamedAtTheDeadline() {
        IntStream.range(0, 3).forEach(rank -> coordinator.receive(Replicas.join(0, rank)));
        CoordinatorClient client = client(TO_COORDINATOR, 0, SHORT, () -> {});
        client(TO_COORDINATOR, 2, SHORT, () -> {}).started();
        assertThatThrownBy(() -> client.exchange(0, new byte[4]))
                .isInstanceOf(CoordinatorException.class)
                .hasMessage("Cannot exchange 4 bytes through the driver: rank 0 still waits for rank 1 on host1, rank 2"
                        + " on host2 (deadline 1 s)");
    }

    @Test
    void rankThatDoesNotComeIsNamedAtTheDeadline() {
        CoordinatorClient client = client(TO_COORDINATOR, 0, SHORT, () -> {});
        assertThatThrownBy(() -> client.join(Replicas.member(0)))
                .isInstanceOf(CoordinatorException.class)
                .hasMessage("Cannot join the run: rank 0 still waits for rank 1, rank 2 (deadline 1 s)");
    }

    @Test
    void rankThatDoesNotSendIsNamedWithItsHostAtTheDeadline() {
        IntStream.range(0, 3).forEach(rank -> coordinator.receive(Replicas.join(0, rank)));
        coordinator.receive(Replicas.merge(0, 1, "epoch/2/train", 1));
        CoordinatorClient client = client(TO_COORDINATOR, 0, SHORT, () -> {});
        assertThatThrownBy(() -> client.merge("epoch/2/train", List.of(Replicas.ledger(0, 1))))
                .isInstanceOf(CoordinatorException.class)
                .hasMessage("Cannot merge epoch/2/train: rank 0 still waits for rank 2 on host2 (deadline 1 s)");
    }

    @Test
    void cancelledTaskStopsWaiting() {
        IllegalStateException killed = new IllegalStateException("killed");
        CoordinatorClient client = client(TO_COORDINATOR, 0, LONG, () -> {
            throw killed;
        });
        assertThatThrownBy(() -> client.join(Replicas.member(0))).isSameAs(killed);
    }

    @Test
    void failureOfAnotherRankEndsTheWait() throws Exception {
        CoordinatorClient client = client(TO_COORDINATOR, 0, LONG, () -> {});
        CompletableFuture<Membership> joining = CompletableFuture.supplyAsync(() -> client.join(Replicas.member(0)));
        CoordinatorClient other = client(TO_COORDINATOR, 1, LONG, () -> {});
        ReplicaFailure failure = Replicas.failure(1, ReplicaFailure.Kind.DATA);
        assertThat(other.failed(failure)).contains(failure);
        assertThatThrownBy(() -> joining.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(CoordinatorException.class)
                .hasRootCauseMessage("Cannot join the run: rank 1 on host1 has failed");
        assertThat(heard).containsExactly("started 0", "failed 0 on rank 1");
    }

    @Test
    void epochsAndProgressArrive() {
        CoordinatorClient client = client(TO_COORDINATOR, 0, LONG, () -> {});
        client.progress(new Coordination.Progress(1, 3, 10, 0.5, 100, 0.1));
        client.epochCompleted(Replicas.epoch(1));
        assertThat(heard).containsExactly("started 0", "progress 3", "epoch 1");
    }

    @Test
    void runThatIsOverRefuses() {
        coordinator.close();
        CoordinatorClient client = client(TO_COORDINATOR, 0, LONG, () -> {});
        assertThatThrownBy(client::started)
                .isInstanceOf(CoordinatorException.class)
                .hasMessage("Cannot start: run run-1 is over");
    }

    @Test
    void driverThatDoesNotAnswerIsTheCause() {
        TimeoutException cause = new TimeoutException("no reply in 120 s");
        CoordinatorClient client = client(
                line(bytes -> {
                    throw cause;
                }),
                0,
                LONG,
                () -> {});
        assertThatThrownBy(() -> client.epochCompleted(Replicas.epoch(4)))
                .isInstanceOf(CoordinatorException.class)
                .hasMessage(
                        "Cannot report epoch 4: the driver doesn't answer: java.util.concurrent.TimeoutException: no"
                                + " reply in 120 s")
                .hasCause(cause);
    }

    @Test
    void whatTheCoordinatorCannotDoIsTold() {
        byte[] fault = SerializedForm.toBytes(new Fault("Cannot write file:/runs/r1/job.yaml: disk full"));
        CoordinatorClient client = client(line(bytes -> fault), 0, LONG, () -> {});
        assertThatThrownBy(() -> client.epochCompleted(Replicas.epoch(1)))
                .isInstanceOf(CoordinatorException.class)
                .hasMessage("Cannot report epoch 1: Cannot write file:/runs/r1/job.yaml: disk full");
    }

    @Test
    void interruptIsKept() {
        CoordinatorClient client = client(
                line(bytes -> {
                    throw new InterruptedException();
                }),
                0,
                LONG,
                () -> {});
        assertThatThrownBy(client::started).isInstanceOf(CoordinatorException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void waitForADriverThatNeverHasAllStopsAtTheDeadline() {
        byte[] pending = SerializedForm.toBytes(new Pending(Stream.iterate(1, rank -> rank + 1)
                .limit(3)
                .map(rank -> "rank " + rank)
                .toList()));
        CoordinatorClient client = client(line(bytes -> pending), 0, SHORT, () -> {});
        assertThatThrownBy(() -> client.join(Replicas.member(0)))
                .hasMessage("Cannot join the run: rank 0 still waits for rank 1, rank 2, rank 3 (deadline 1 s)");
    }

    private static CoordinatorClient client(DriverLine line, int rank, Duration timeout, Runnable cancellation) {
        return new CoordinatorClient(line, Replicas.sender(0, rank), timeout, timeout, cancellation);
    }

    private static DriverLine line(Answer answer) {
        return new DriverLine() {
            @Override
            public byte[] ask(byte[] message) throws Exception {
                return answer.to(message);
            }

            @Override
            public void send(byte[] message) throws IOException {
                try {
                    answer.to(message);
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        };
    }

    /** What the driver replies. */
    private interface Answer {
        byte[] to(byte[] message) throws Exception;
    }
}
