package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every collective over every transport, on a network with faults, in worlds of 2, 3 and 4. */
@Timeout(60)
final class CollectiveFaultsTest {
    /** Nobody can be done with these before everybody is done with the fourth, up to which the faults are. */
    private static final int ROUNDS = 6;

    private static final int AT_ONCE = 64;
    private static final Duration SHORT = Duration.ofMillis(500);

    /** What must be true of a world in which the mishap happened. */
    private interface Law {
        void check(FaultyWorld world, FaultPlace place);
    }

    /** A mishap at a byte. */
    private interface MishapAt {
        Mishap at(long offset);
    }

    private static void everywhere(Transport transport, CommunicatorOptions options, MishapAt mishap, Law law)
            throws Exception {
        List<FaultyWorld.Case> cases = new ArrayList<>();
        for (Collective collective : Collective.all()) {
            for (FaultPlace place : FaultPlace.afterTwoRounds(transport, collective)) {
                cases.add(new FaultyWorld.Case(
                        collective + ", " + place,
                        () -> law.check(run(place, collective, options, mishap.at(place.offset())), place)));
            }
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }

    private static FaultyWorld run(FaultPlace place, Collective collective, CommunicatorOptions options, Mishap mishap)
            throws Exception {
        List<PeerListener> listeners = Ranks.listeners(place.world());
        try (FaultyNetwork network = FaultyNetwork.around(listeners, 1)) {
            network.plan(place.from(), place.to(), mishap);
            FaultyWorld world = FaultyWorld.run(listeners, network, collective, options, ROUNDS);
            LinkTraffic traffic = network.traffic(place.from(), place.to());
            assertThat(traffic.hasStruck()).as("the mishap happened").isTrue();
            world.assertEndedWithin(options.operationDeadline(), traffic.struckAt());
            return world;
        }
    }

    private static CommunicatorOptions patient(Transport transport) {
        return transport.options().build();
    }

    private static CommunicatorOptions impatient(Transport transport) {
        return transport.options().optOperationDeadline(SHORT).build();
    }

    @ParameterizedTest
    @EnumSource
    void cutConnectionEndsEveryRankAtOnce(Transport transport) throws Exception {
        everywhere(transport, patient(transport), Mishap::cutAt, CollectiveFaultsTest::lost);
    }

    @ParameterizedTest
    @EnumSource
    void endInTheMiddleEndsEveryRankAtOnce(Transport transport) throws Exception {
        everywhere(transport, patient(transport), Mishap::endAt, CollectiveFaultsTest::lost);
    }

    private static void lost(FaultyWorld world, FaultPlace place) {
        world.assertAllFailedInAnOperation();
        world.assertKinds(Kind.PEER_LOST);
        world.assertBlameLeadsToLink(place.from(), place.to());
        world.assertCompletedRoundsRight();
    }

    @ParameterizedTest
    @EnumSource
    void silentDirectionEndsEveryRankAtTheDeadline(Transport transport) throws Exception {
        everywhere(transport, impatient(transport), Mishap::stallAt, (world, place) -> {
            world.assertAllFailedInAnOperation();
            world.assertKinds(Kind.DEADLINE, Kind.PEER_LOST);
            world.assertBlameLeadsToLink(place.from(), place.to());
            world.assertCompletedRoundsRight();
        });
    }

    @ParameterizedTest
    @EnumSource
    void unpluggedRankEndsEveryRankAtTheDeadline(Transport transport) throws Exception {
        everywhere(transport, impatient(transport), Mishap::isolateAt, (world, place) -> {
            world.assertAllFailedInAnOperation();
            world.assertKinds(Kind.DEADLINE, Kind.PEER_LOST);
            world.assertBlameLeadsTo(place.from());
            assertThat(world.fate(place.from()).failed().kind()).isEqualTo(Kind.DEADLINE);
            world.assertCompletedRoundsRight();
        });
    }
}
