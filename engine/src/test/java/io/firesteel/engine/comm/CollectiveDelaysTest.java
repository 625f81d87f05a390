package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every collective over every transport, on a network that is slow, uneven or out of order, but loses nothing. */
@Timeout(60)
final class CollectiveDelaysTest {
    private static final int ROUNDS = Integer.getInteger("firesteel.fault.rounds", 1);
    private static final int AT_ONCE = 16;

    private static void unharmedBy(Transport transport, int smallest, int largest, FaultyWorld.Faults faults)
            throws Exception {
        List<FaultyWorld.Case> cases = new ArrayList<>();
        CommunicatorOptions options = transport.options().build();
        for (Collective collective : transport.collectives()) {
            for (int size = smallest; size <= largest; size++) {
                int world = size;
                cases.add(new FaultyWorld.Case(
                        collective + ", world " + world,
                        () -> FaultyWorld.run(world, collective, options, ROUNDS, faults)
                                .assertUnharmed(ROUNDS)));
            }
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }

    @ParameterizedTest
    @EnumSource
    void singleBytesChangeNoBit(Transport transport) throws Exception {
        unharmedBy(transport, 2, 3, network -> network.planEverywhere(Mishap.pieces(1)));
    }

    @ParameterizedTest
    @EnumSource
    void unevenPiecesAndDelaysChangeNoBit(Transport transport) throws Exception {
        unharmedBy(transport, 2, 4, network -> {
            network.planEverywhere(Mishap.pieces(1500));
            network.planEverywhere(Mishap.delay(Duration.ofMillis(3)));
        });
    }

    @ParameterizedTest
    @EnumSource
    void oneSlowDirectionChangesNoBit(Transport transport) throws Exception {
        unharmedBy(transport, 2, 4, network -> network.plan(1, 0, Mishap.throttle(200)));
    }

    @ParameterizedTest
    @EnumSource
    void orderOfConnectionsChangesNoBit(Transport transport) throws Exception {
        unharmedBy(transport, 3, 4, network -> {
            network.holdUntil(1, 0, 2, 0);
            network.holdUntil(2, 0, 2, 1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void connectionsThatComeTwiceChangeNoBit(Transport transport) throws Exception {
        unharmedBy(transport, 2, 4, network -> {
            network.duplicate(0, 1);
            network.planEverywhere(Mishap.delay(Duration.ofMillis(1)));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "CHECKSUM", "ENCRYPTED"})
    void transferThatMovesMayTakeLongerThanTheDeadline(Transport transport) throws Exception {
        Duration deadline = Duration.ofSeconds(1);
        CommunicatorOptions options =
                transport.options().optOperationDeadline(deadline).build();
        long begin = System.nanoTime();
        FaultyWorld.run(2, Collective.inTwoHalves(), options, 1, network -> network.planEverywhere(Mishap.throttle(4)))
                .assertUnharmed(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(deadline.multipliedBy(2));
    }

    private static FaultyWorld large(Duration deadline, Mishap mishap) throws Exception {
        CommunicatorOptions options = Transport.PLAIN
                .options()
                .optChunkBytes(256 << 10)
                .optOperationDeadline(deadline)
                .build();
        return FaultyWorld.run(3, Collective.large(), options, 2, network -> network.plan(0, 2, mishap));
    }

    @Test
    void largeTransferThatIsCutInItsFirstHalfEndsEveryRank() throws Exception {
        FaultyWorld world = large(Duration.ofSeconds(20), Mishap.cutAt(3 << 20));
        world.assertAllFailedInAnOperation();
        world.assertKinds(Kind.PEER_LOST);
        world.assertBlameLeadsToLink(0, 2);
    }

    @Test
    void largeTransferThatStallsInItsSecondHalfEndsEveryRank() throws Exception {
        FaultyWorld world = large(Duration.ofSeconds(1), Mishap.stallAt(6 << 20));
        world.assertAllFailedInAnOperation();
        world.assertBlameLeadsToLink(0, 2);
    }

    @Test
    void rankThatIsUnpluggedInALargeTransferEndsEveryRank() throws Exception {
        FaultyWorld world = large(Duration.ofSeconds(1), Mishap.isolateAt(1 << 20));
        world.assertAllFailedInAnOperation();
        world.assertBlameLeadsTo(0);
    }
}
