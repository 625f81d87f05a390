package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AsyncCommunicatorTest {
    @Test
    void operationsRunInOrderOfSubmission() throws Exception {
        Ranks.values(3, Ranks.options().build(), communicator -> {
            FloatBuffer values = Ranks.vector(1f, 2f);
            List<CompletableFuture<Long>> maxima = new ArrayList<>();
            try (AsyncCommunicator async = AsyncCommunicator.of(communicator)) {
                CompletableFuture<Void> first = async.run(ranks -> ranks.allReduceSum(List.of(values), values));
                for (int i = 0; i < 50; i++) {
                    long own = (long) i * communicator.rank();
                    maxima.add(async.submit(ranks -> ranks.allReduceMax(own)));
                }
                CompletableFuture<Void> last = async.run(ranks -> ranks.allReduceSum(List.of(values), values));
                last.join();
                assertThat(first).isDone();
            }
            assertThat(values).isEqualTo(Ranks.vector(9f, 18f));
            for (int i = 0; i < 50; i++) {
                assertThat(maxima.get(i)).isCompletedWithValue(2L * i);
            }
            communicator.barrier();
            return null;
        });
    }

    @Test
    void submittingDoesNotWaitForTheOthers() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        Ranks.values(2, Ranks.options().build(), communicator -> {
            try (AsyncCommunicator async = AsyncCommunicator.of(communicator)) {
                if (communicator.rank() == 1) {
                    submitted.await();
                }
                CompletableFuture<Void> barrier = async.run(Communicator::barrier);
                if (communicator.rank() == 0) {
                    assertThat(barrier).isNotDone();
                    submitted.countDown();
                }
                barrier.join();
            }
            return null;
        });
    }

    @Test
    void failureCompletesItsFutureAndAllLaterOnes() throws Exception {
        Ranks.run(2, Ranks.options().build(), communicator -> {
            communicator.barrier();
            if (communicator.rank() == 1) {
                return null;
            }
            try (AsyncCommunicator async = AsyncCommunicator.of(communicator)) {
                CompletableFuture<Void> first = async.run(Communicator::barrier);
                CompletableFuture<Void> second = async.run(Communicator::barrier);
                assertThatThrownBy(first::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(CommunicationException.class);
                assertThatThrownBy(second::join).hasMessageContaining("Cannot start barrier");
            }
            return null;
        });
    }

    @Test
    void closeWaitsForWhatWasSubmittedAndLeavesNoThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Void> future;
        try (Communicator communicator = Communicator.local()) {
            AsyncCommunicator async = AsyncCommunicator.of(communicator);
            future = async.run(ranks -> thread.set(Thread.currentThread()));
            async.close();
            async.close();
            assertThat(future).isCompleted();
            assertThat(thread.get().isAlive()).isFalse();
            assertThat(thread.get().isDaemon()).isTrue();
            assertThatThrownBy(() -> async.submit(Communicator::rank))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot submit an operation on rank 0: the asynchronous communicator is closed");
        }
    }
}
