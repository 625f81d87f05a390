package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StepRingTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);

    private final List<StepBatch> sets = IntStream.range(0, 4)
            .mapToObj(i -> new StepBatch(TestingShards.LAYOUT, List.of(1)))
            .toList();
    private final StepRing ring = new StepRing(sets);

    @Test
    void setsAreHandedOutInTurn() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            StepBatch filled = ring.free();
            ring.filled();
            assertThat(ring.next(LONG)).isSameAs(filled).isSameAs(sets.get(i % 4));
            ring.giveBack();
            ring.giveBack();
        }
    }

    @Test
    void fillerThatHasRunOutGoesOnOnlyWhenHalfTheRingIsFree() throws Exception {
        fill(4);
        FutureTask<StepBatch> filler = new FutureTask<>(ring::free);
        Thread thread = new Thread(filler);
        thread.start();
        awaitWaiting(thread);
        take();
        awaitWaiting(thread);
        assertThat(filler.isDone()).isFalse();
        take();
        assertThat(filler.get(20, TimeUnit.SECONDS)).isSameAs(sets.get(0));
    }

    @Test
    void fillerThatHasNotRunOutTakesASingleFreeSet() throws InterruptedException {
        fill(3);
        assertThat(ring.free()).isSameAs(sets.get(3));
    }

    @Test
    void whatWasFilledBeforeAFailureIsStillHandedOut() throws InterruptedException {
        fill(2);
        ring.fail(new IllegalStateException("row 9 is broken"));
        take();
        take();
        assertThat(ring.next(LONG)).isNull();
        assertThat(ring.failure()).hasMessage("row 9 is broken");
    }

    @Test
    void nothingIsHandedOutAfterTheClose() throws InterruptedException {
        fill(2);
        ring.close();
        assertThat(ring.next(LONG)).isNull();
        assertThat(ring.failure()).isNull();
    }

    @Test
    void waitEndsWithTheDeadline() throws InterruptedException {
        assertThat(ring.next(1_000_000)).isNull();
        fill(1);
        assertThat(ring.next(LONG)).isSameAs(sets.get(0));
    }

    @Test
    void interruptEndsTheFillersWait() throws Exception {
        fill(4);
        FutureTask<Void> filler = new FutureTask<>(() -> {
            assertThatThrownBy(ring::free).isInstanceOf(InterruptedException.class);
            return null;
        });
        Thread thread = new Thread(filler);
        thread.start();
        awaitWaiting(thread);
        thread.interrupt();
        filler.get(20, TimeUnit.SECONDS);
    }

    @Test
    void twoThreadsLoseAndRepeatNothing() throws Exception {
        int steps = 20_000;
        FutureTask<Void> filler = new FutureTask<>(() -> {
            for (int step = 0; step < steps; step++) {
                ring.free().startStep(step);
                ring.filled();
            }
            return null;
        });
        new Thread(filler).start();
        List<Long> seen = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            seen.add(ring.next(LONG).step());
            ring.giveBack();
        }
        filler.get(20, TimeUnit.SECONDS);
        assertThat(seen)
                .isEqualTo(IntStream.range(0, steps).mapToObj(i -> (long) i).toList());
    }

    @Test
    void largeStepsHaveThreeSetsAndSmallOnesUpToTwelve() {
        int rowBytes = TestingShards.LAYOUT.bytes();
        assertThat(StepBatches.sets(TestingShards.LAYOUT, List.of(1))).isEqualTo(12);
        assertThat(StepBatches.sets(TestingShards.LAYOUT, List.of((4 << 20) / rowBytes / 5)))
                .isEqualTo(5);
        assertThat(StepBatches.sets(TestingShards.LAYOUT, List.of(1 << 20, 1 << 20)))
                .isEqualTo(3);
        assertThat(StepBatches.sets(null, List.of())).isEqualTo(3);
    }

    private void fill(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            ring.free();
            ring.filled();
        }
    }

    private void take() throws InterruptedException {
        assertThat(ring.next(LONG)).isNotNull();
        ring.giveBack();
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
