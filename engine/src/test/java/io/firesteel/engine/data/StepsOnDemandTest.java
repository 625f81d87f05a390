package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepsOnDemandTest {
    private final ShardStore store = TestingShards.inMemory(0, 100);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void noThreadIsStartedAndTheBuffersAreAlwaysTheSame() {
        try (StepBatches batches = batches(RowOrder.stored());
                StepIterator steps = batches.open(1, 0)) {
            StepBatch first = steps.next();
            StepBatch second = steps.next();
            assertThat(second).isSameAs(first);
            assertThat(second.step()).isEqualTo(1);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("firesteel-batches"));
        }
    }

    @Test
    void epochsThatAreLeftEarlyDontChangeTheNextOne() {
        try (StepBatches batches = batches(RowOrder.stored())) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                try (StepIterator steps = batches.open(epoch, 0)) {
                    assertThat(steps.next().step()).isZero();
                    assertThatThrownBy(() -> batches.open(9, 0))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("Cannot open epoch 9: another one is still open");
                }
            }
            Ledger ledger = Ledger.EMPTY;
            try (StepIterator steps = batches.open(4, 0)) {
                while (steps.hasNext()) {
                    ledger = ledger.merge(steps.next().ledger());
                }
            }
            assertThat(ledger).isEqualTo(store.ledger());
        }
    }

    @Test
    void rowsThatCantBeReadAreNamedEachTime() {
        RowOrder failing = (epoch, shard, rows) -> position -> {
            throw new IllegalArgumentException("row 9 is broken");
        };
        try (StepBatches batches = batches(failing);
                StepIterator steps = batches.open(7, 2)) {
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
    void closedStepsAreRefused() {
        StepBatches batches = batches(RowOrder.stored());
        StepIterator steps = batches.open(2, 3);
        batches.close();
        batches.close();
        assertThat(steps.isClosed()).isTrue();
        assertThatThrownBy(steps::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot take step 3 of epoch 2: the steps are closed");
    }

    @Test
    void interruptedThreadGetsNoStepAndStaysInterrupted() {
        try (StepBatches batches = batches(RowOrder.stored());
                StepIterator steps = batches.open(2, 0)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(steps::next)
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("Cannot take step 0 of epoch 2: the thread was interrupted while it waited");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(steps.next().step()).isZero();
        }
    }

    private StepBatches batches(RowOrder order) {
        return StepBatches.training(
                List.of(store),
                List.of(0),
                BatchSchedules.same(new BatchSchedule(4, 100)),
                order,
                BatchAssembly.ON_DEMAND,
                Duration.ofSeconds(30));
    }
}
