package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepIteratorTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ShardStore store = TestingShards.inMemory(0, 100);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void noThreadIsLeft() {
        store.close();
        noAssemblerIsAlive();
    }

    @Test
    void closeInTheMiddleOfAnEpochEndsTheThreadAndTheNextEpochIsWhole() {
        try (StepBatches batches = batches(RowOrder.stored(), LONG)) {
            for (int epoch = 1; epoch <= 50; epoch++) {
                try (StepIterator steps = batches.open(epoch, 0)) {
                    for (int i = 0; i < epoch % 5; i++) {
                        assertThat(steps.next().step()).isEqualTo(i);
                    }
                }
                noAssemblerIsAlive();
            }
            Ledger ledger = Ledger.EMPTY;
            try (StepIterator steps = batches.open(51, 0)) {
                while (steps.hasNext()) {
                    ledger = ledger.merge(steps.next().ledger());
                }
            }
            assertThat(ledger).isEqualTo(store.ledger());
        }
    }

    @Test
    void closingTheBatchesClosesTheOpenEpoch() {
        StepBatches batches = batches(RowOrder.stored(), LONG);
        StepIterator steps = batches.open(3, 0);
        steps.next();
        batches.close();
        batches.close();
        noAssemblerIsAlive();
        assertThatThrownBy(steps::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot take step 1 of epoch 3: the steps are closed");
        assertThatThrownBy(() -> batches.open(4, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot open epoch 4: the batches are closed");
    }

    @Test
    void stepIsLeftAloneUntilTheNextIsTaken() {
        try (StepBatches batches = batches(RowOrder.stored(), LONG);
                StepIterator steps = batches.open(1, 0)) {
            while (steps.hasNext()) {
                StepBatch step = steps.next();
                // The ring is full again once the thread waits for a free set of buffers.
                awaitIdleAssembler();
                assertThat(step.batches().get(0).longLabels().get(0)).isEqualTo(step.step() * 4);
            }
        }
    }

    @Test
    void buffersAreTheSameInEveryEpoch() {
        try (StepBatches batches = batches(RowOrder.stored(), LONG)) {
            List<StepBatch> seen = new ArrayList<>();
            for (int epoch = 1; epoch <= 3; epoch++) {
                try (StepIterator steps = batches.open(epoch, 0)) {
                    while (steps.hasNext()) {
                        seen.add(steps.next());
                    }
                }
            }
            assertThat(seen).hasSize(75);
            assertThat(seen.stream().distinct()).hasSize(12);
        }
    }

    @Test
    void failureOfTheThreadSurfacesAtItsStepAndStays() {
        RowOrder failing = (epoch, shard, rows) -> position -> {
            if (position == 9) {
                throw new IllegalArgumentException("row 9 is broken");
            }
            return position;
        };
        try (StepBatches batches = batches(failing, LONG);
                StepIterator steps = batches.open(7, 0)) {
            steps.next();
            steps.next();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(steps::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot assemble step 2 of epoch 7:"
                                + " java.lang.IllegalArgumentException: row 9 is broken")
                        .hasRootCauseMessage("row 9 is broken");
            }
        }
    }

    @Test
    void storeThatIsClosedTooEarlyIsNamed() {
        store.close();
        try (StepBatches batches = batches(RowOrder.stored(), LONG);
                StepIterator steps = batches.open(1, 0)) {
            assertThatThrownBy(steps::next).hasMessageContaining("Cannot read row 0: the shard store is closed");
        }
    }

    @Test
    void rowsThatDontComeEndInAnErrorAfterTheDeadline() {
        try (StepBatches batches = batches(blocking(), Duration.ofMillis(50));
                StepIterator steps = batches.open(2, 5)) {
            assertThatThrownBy(steps::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Cannot assemble step 5 of epoch 2: its rows were not there after 50 ms; the disk that holds"
                                    + " spilled rows may be stuck");
        }
    }

    @Test
    void interruptOfTheConsumerEndsItsWait() throws Exception {
        try (StepBatches batches = batches(blocking(), LONG);
                StepIterator steps = batches.open(2, 0)) {
            FutureTask<Boolean> consumer = new FutureTask<>(() -> {
                assertThatThrownBy(steps::next)
                        .isInstanceOf(CancellationException.class)
                        .hasMessage("Cannot take step 0 of epoch 2: the thread was interrupted while it waited");
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = new Thread(consumer);
            thread.start();
            reached.await();
            thread.interrupt();
            assertThat(consumer.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closeByAnotherThreadEndsTheWait() throws Exception {
        StepBatches batches = batches(blocking(), LONG);
        StepIterator steps = batches.open(2, 0);
        FutureTask<Void> consumer = new FutureTask<>(() -> {
            assertThatThrownBy(steps::next).hasMessage("Cannot take step 0 of epoch 2: the steps are closed");
            return null;
        });
        new Thread(consumer).start();
        reached.await();
        steps.close();
        consumer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void interruptedThreadStillClosesAndStaysInterrupted() {
        StepBatches batches = batches(RowOrder.stored(), LONG);
        batches.open(1, 0).next();
        Thread.currentThread().interrupt();
        batches.close();
        noAssemblerIsAlive();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void threadThatDoesNotEndIsNamedByClose() throws InterruptedException {
        RowOrder stubborn = (epoch, shard, rows) -> position -> {
            awaitUninterruptibly();
            return position;
        };
        StepBatches batches = batches(stubborn, Duration.ofMillis(50));
        StepIterator steps = batches.open(2, 0);
        reached.await();
        assertThatThrownBy(steps::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot close epoch 2: thread firesteel-batches-epoch-2 still reads rows after 50 ms");
        assertThatThrownBy(() -> batches.open(3, 0)).hasMessage("Cannot open epoch 3: another one is still open");
        released.countDown();
        while (!steps.isClosed()) {
            Thread.onSpinWait();
        }
        batches.close();
    }

    @Test
    void oneEpochIsOpenAtATime() {
        try (StepBatches batches = batches(RowOrder.stored(), LONG);
                StepIterator steps = batches.open(1, 0)) {
            assertThat(steps.hasNext()).isTrue();
            assertThatThrownBy(() -> batches.open(2, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot open epoch 2: another one is still open");
        }
    }

    @Test
    void stepsOutOfRangeAreRefused() {
        try (StepBatches batches = batches(RowOrder.stored(), LONG)) {
            assertThat(batches.steps()).isEqualTo(25);
            assertThatThrownBy(() -> batches.open(1, 26))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot open epoch 1 at step 26: there is no such step (expected 0 to 25)");
            assertThatThrownBy(() -> batches.open(1, -1)).hasMessageContaining("at step -1");
            try (StepIterator steps = batches.open(1, 25)) {
                assertThat(steps.hasNext()).isFalse();
                assertThatThrownBy(steps::next)
                        .isInstanceOf(NoSuchElementException.class)
                        .hasMessage("Cannot take step 25 of epoch 1: it has 25 steps");
            }
        }
    }

    private StepBatches batches(RowOrder order, Duration deadline) {
        return StepBatches.training(
                List.of(store),
                List.of(0),
                BatchSchedules.same(new BatchSchedule(4, 100)),
                order,
                BatchAssembly.AHEAD,
                deadline);
    }

    /** Never gives a row, until it is interrupted. */
    private RowOrder blocking() {
        return (epoch, shard, rows) -> position -> {
            reached.countDown();
            try {
                released.await();
                return position;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private void awaitUninterruptibly() {
        reached.countDown();
        while (released.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void awaitIdleAssembler() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("firesteel-batches")
                        && thread.getState() == Thread.State.RUNNABLE)) {
            Thread.onSpinWait();
        }
    }

    private static void noAssemblerIsAlive() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("firesteel-batches"));
    }
}
