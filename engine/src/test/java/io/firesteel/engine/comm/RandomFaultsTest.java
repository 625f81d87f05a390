package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults at moments and in combinations that nobody has thought of; the seed in a case's name brings it back. */
@Timeout(60)
final class RandomFaultsTest {
    private static final int ROUNDS = Integer.getInteger("firesteel.fault.rounds", 1);
    private static final int AT_ONCE = 16;
    private static final int DIFFERENT_ROUNDS = 4;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Which goes on until something fails, and says when all ranks have come to the third round. */
    private static Collective unending(Collective collective, CountDownLatch begun) {
        AtomicInteger roundsOfFirst = new AtomicInteger();
        return new Collective(
                collective.name(),
                (communicator, round) -> {
                    if (communicator.rank() == 0 && roundsOfFirst.incrementAndGet() == 3) {
                        begun.countDown();
                    }
                    return collective.call().on(communicator, round % DIFFERENT_ROUNDS);
                },
                (world, round) -> collective.answer().of(world, round % DIFFERENT_ROUNDS),
                collective.algorithm());
    }

    private static void cutAtSomeMoment(Transport transport, Collective collective, int seed) throws Exception {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(3);
        int one = random.nextInt(size);
        int other = (one + 1 + random.nextInt(size - 1)) % size;
        CountDownLatch begun = new CountDownLatch(1);
        List<PeerListener> listeners = Ranks.listeners(size);
        try (FaultyNetwork network = FaultyNetwork.around(listeners, seed)) {
            FutureTask<Long> cut = Ranks.start("cut", () -> {
                begun.await();
                LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_NANOS));
                network.cut(one, other);
                return System.nanoTime();
            });
            FaultyWorld world = FaultyWorld.run(
                    listeners,
                    network,
                    unending(collective, begun),
                    transport.options().build(),
                    Integer.MAX_VALUE);
            world.assertAllFailedInAnOperation();
            world.assertBlameLeadsToLink(one, other);
            world.assertCompletedRoundsRight();
            world.assertEndedWithin(Duration.ZERO, cut.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void linkThatIsCutAtAnyMomentEndsEveryRankAtOnce(Transport transport) throws Exception {
        List<FaultyWorld.Case> cases = new ArrayList<>();
        for (int seed = 0; seed < 24 * ROUNDS; seed++) {
            Collective collective = Collective.all().get(seed % Collective.all().size());
            int chosen = seed;
            cases.add(new FaultyWorld.Case("seed " + seed, () -> cutAtSomeMoment(transport, collective, chosen)));
        }
        // Few at once: they don't wait, they work.
        FaultyWorld.sideBySide(4, cases);
    }

    private static Mishap random(Random random) {
        int offset = random.nextInt(random.nextBoolean() ? 400 : 20_000);
        return switch (random.nextInt(7)) {
            case 0 -> Mishap.cutAt(offset);
            case 1 -> Mishap.endAt(offset);
            case 2 -> Mishap.stallAt(offset);
            case 3 -> Mishap.isolateAt(offset);
            case 4 -> Mishap.pieces(1 + offset % 500);
            case 5 -> Mishap.delay(Duration.ofNanos(offset * 100L));
            default -> Mishap.throttle(200 + offset);
        };
    }

    private static void anything(int seed) throws Exception {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(3);
        Collective collective =
                Collective.all().get(random.nextInt(Collective.all().size()));
        CommunicatorOptions options = Transport.PLAIN
                .options()
                .optHandshakeDeadline(Duration.ofMillis(300))
                .optConnectDeadline(Duration.ofSeconds(1))
                .optOperationDeadline(Duration.ofMillis(500))
                .build();
        FaultyWorld world = FaultyWorld.run(size, collective, options, 5, network -> {
            for (int i = 0; i <= random.nextInt(3); i++) {
                int from = random.nextInt(size);
                network.plan(from, (from + 1 + random.nextInt(size - 1)) % size, random(random));
            }
        });
        world.assertCompletedRoundsRight();
        for (int rank = 0; rank < size; rank++) {
            Throwable failure = world.fate(rank).failure();
            assertThat(failure == null || failure instanceof CommunicationException)
                    .as("rank %d: %s", rank, failure)
                    .isTrue();
        }
    }

    @Test
    void whateverHappensEveryRankEndsAndNoValueIsWrong() throws Exception {
        List<FaultyWorld.Case> cases = new ArrayList<>();
        for (int seed = 0; seed < 60 * ROUNDS; seed++) {
            int chosen = seed;
            cases.add(new FaultyWorld.Case("seed " + seed, () -> anything(chosen)));
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }
}
