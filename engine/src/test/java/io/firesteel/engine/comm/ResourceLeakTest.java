package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static FaultyWorld fail(Collective collective, Mishap mishap, Duration deadline) throws Exception {
        CommunicatorOptions options = Transport.PLAIN
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
                        () -> fail(collective, mishap, Duration.ofMillis(300)).assertAllFailed()));
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
                        () -> fail(collective, Mishap.isolateAt(200), deadline).assertAllFailed()));
            }
            FaultyWorld.sideBySide(cases.size(), cases);
        });
    }
}
