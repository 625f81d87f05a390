package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class ResourceLeakTest {
    private static void leavesNothingBehind(Scenario scenario) throws Exception {
        leavesNothingBehind(10, scenario);
    }

    /** Runs once to let the JDK open what it keeps, then expects more times to add nothing. */
    private static void leavesNothingBehind(int times, Scenario scenario) throws Exception {
        scenario.play();
        HeldResources before = HeldResources.now();
        for (int i = 0; i < times; i++) {
            scenario.play();
        }
        before.assertNoMoreIsHeld();
    }

    private interface Scenario {
        void play() throws Exception;
    }

    @Test
    void finishedWorldLeavesNothingBehind() throws Exception {
        leavesNothingBehind(() -> Ranks.values(4, Ranks.options().build(), communicator -> {
            communicator.allReduceSum(List.of(Ranks.vector(100_000)), Ranks.vector(100_000));
            return communicator.allGather(new byte[10]);
        }));
    }

    @Test
    void finishedWorldWithAllocatedMemoryLeavesNothingBehind() throws Exception {
        leavesNothingBehind(() -> Ranks.values(4, Ranks.options().build(), communicator -> {
            FloatBuffer memory = communicator.allocate(400_000).asFloatBuffer();
            communicator.allReduceSum(List.of(memory), memory);
            return communicator.allocate(100).get(99);
        }));
    }

    /** One rank leaves, or doesn't take part until the others have missed the deadline. */
    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "SMALL_MEMORY"})
    void failuresInAllocatedMemoryLeaveNothingBehind(Transport transport) throws Exception {
        CommunicatorOptions options =
                transport.options().optOperationDeadline(Duration.ofMillis(200)).build();
        leavesNothingBehind(3, () -> {
            CountDownLatch failed = new CountDownLatch(2);
            List<Ranks.Outcome<Object>> outcomes = Ranks.run(4, options, communicator -> {
                FloatBuffer values = communicator.allocate(2_000_000).asFloatBuffer();
                communicator.barrier();
                try {
                    if (communicator.rank() == 3) {
                        failed.await();
                    }
                    communicator.allReduceSum(List.of(values), values);
                } finally {
                    failed.countDown();
                }
                return null;
            });
            outcomes.forEach(
                    outcome -> assertThat(outcome.communicationFailure()).isNotNull());
        });
    }

    @Test
    void failedWorldLeavesNothingBehind() throws Exception {
        leavesNothingBehind(() -> {
            List<Ranks.Outcome<Object>> outcomes = Ranks.run(3, Ranks.options().build(), communicator -> {
                if (communicator.rank() != 1) {
                    communicator.barrier();
                }
                return null;
            });
            assertThat(outcomes.get(0).failure()).isNotNull();
        });
    }

    @Test
    void failureAloneReleasesEverythingWithoutClose() throws Exception {
        leavesNothingBehind(() -> {
            List<PeerListener> listeners = Ranks.listeners(2);
            FutureTask<Object> rank0 = Ranks.start("rank 0", () -> {
                Communicator unclosed = listeners
                        .get(0)
                        .connect(Ranks.group(listeners, 0, Ranks.options().build()));
                unclosed.barrier();
                return null;
            });
            RawPeer.join(Ranks.group(listeners, 1, Ranks.options().build()), 0).close();
            listeners.get(1).close();
            assertThat(Ranks.outcome(rank0).failure()).isInstanceOf(CommunicationException.class);
        });
    }

    @Test
    void failedConnectLeavesNothingBehind() throws Exception {
        CommunicatorOptions options =
                Ranks.options().optConnectDeadline(Duration.ofMillis(50)).build();
        leavesNothingBehind(() -> {
            List<PeerListener> listeners = Ranks.listeners(3);
            try (RawPeer silent = RawPeer.connect(listeners.get(1))) {
                FutureTask<Object> rank1 =
                        Ranks.start("rank 1", () -> listeners.get(1).connect(Ranks.group(listeners, 1, options)));
                assertThat(Ranks.outcome(rank1).failure()).isInstanceOf(CommunicationException.class);
                silent.awaitEnd();
            }
            listeners.forEach(PeerListener::close);
        });
    }

    private static FaultyWorld fail(Transport transport, Collective collective, Mishap mishap, Duration deadline)
            throws Exception {
        CommunicatorOptions options = transport
                .options()
                .optOperationDeadline(deadline)
                .optConnectDeadline(deadline)
                .build();
        return FaultyWorld.run(3, collective, options, 6, network -> network.plan(0, 2, mishap));
    }

    /** In one try some 24 communicators fail, before they are connected, while they are, in headers and in payloads. */
    @Test
    void manyFailuresOfEveryCollectiveLeaveNothingBehind() throws Exception {
        int connected = Handshake.CHALLENGE_BYTES + Handshake.WELCOME_BYTES;
        leavesNothingBehind(3, () -> {
            List<FaultyWorld.Case> cases = new ArrayList<>();
            for (Collective collective : Collective.all()) {
                Mishap mishap = switch (cases.size() % 4) {
                    case 0 -> Mishap.cutAt(connected + 20L);
                    case 1 -> Mishap.endAt(connected + 45L);
                    case 2 -> Mishap.flipAt(connected + 17L, 1);
                    default -> Mishap.cutAt(50);
                };
                cases.add(new FaultyWorld.Case(
                        collective.name(),
                        () -> fail(Transport.PLAIN, collective, mishap, Duration.ofMillis(300))
                                .assertAllFailed()));
            }
            FaultyWorld.sideBySide(cases.size(), cases);
        });
    }

    @Test
    void missedDeadlinesLeaveNothingBehind() throws Exception {
        Duration deadline = Duration.ofMillis(200);
        leavesNothingBehind(3, () -> {
            List<FaultyWorld.Case> cases = new ArrayList<>();
            for (Collective collective : Collective.all()) {
                cases.add(new FaultyWorld.Case(
                        collective.name(),
                        () -> fail(Transport.PLAIN, collective, Mishap.isolateAt(200), deadline)
                                .assertAllFailed()));
            }
            FaultyWorld.sideBySide(cases.size(), cases);
        });
    }

    /** In the handshake, before and after the acceptor has joined the memory. */
    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "SMALL_MEMORY", "ENCRYPTED"})
    void failuresWhileConnectingLeaveNothingBehind(Transport transport) throws Exception {
        int connected = Handshake.CHALLENGE_BYTES + Handshake.WELCOME_BYTES;
        leavesNothingBehind(3, () -> {
            List<FaultyWorld.Case> cases = new ArrayList<>();
            for (int at : new int[] {0, 50, Handshake.CHALLENGE_BYTES + 1, connected - 1}) {
                cases.add(new FaultyWorld.Case(
                        "cut at " + at,
                        () -> fail(transport, Collective.inTwoHalves(), Mishap.cutAt(at), Duration.ofMillis(300))
                                .assertAllFailed()));
            }
            FaultyWorld.sideBySide(cases.size(), cases);
        });
    }

    /** One rank leaves with full rings, or doesn't take part until the others have missed the deadline. */
    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "SMALL_MEMORY", "ENCRYPTED"})
    void failuresInATransferLeaveNothingBehind(Transport transport) throws Exception {
        CommunicatorOptions options =
                transport.options().optOperationDeadline(Duration.ofMillis(200)).build();
        leavesNothingBehind(3, () -> {
            CountDownLatch failed = new CountDownLatch(2);
            List<Ranks.Outcome<Object>> outcomes = Ranks.run(4, options, communicator -> {
                FloatBuffer values = Ranks.vector(500_000);
                communicator.barrier();
                PendingReduction sum = communicator.startAllReduceSum(List.of(values), values);
                if (communicator.rank() == 3) {
                    failed.await();
                }
                try {
                    sum.await();
                } finally {
                    failed.countDown();
                }
                return null;
            });
            outcomes.forEach(
                    outcome -> assertThat(outcome.communicationFailure()).isNotNull());
        });
    }
}
