package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every collective over every transport, on links that break. */
@Timeout(60)
final class CollectiveFaultsTest {
    @ParameterizedTest
    @EnumSource
    void cutConnectionEndsEveryRankAtOnce(Transport transport) throws Exception {
        new FaultCases(transport, Patience.LONG).check(FaultPlace::edges, Mishap::cutAt, CollectiveFaultsTest::lost);
    }

    @ParameterizedTest
    @EnumSource
    void endInTheMiddleEndsEveryRankAtOnce(Transport transport) throws Exception {
        new FaultCases(transport, Patience.LONG).check(FaultPlace::edges, Mishap::endAt, CollectiveFaultsTest::lost);
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
        new FaultCases(transport, Patience.SHORT).check(FaultPlace::edges, Mishap::stallAt, (world, place) -> {
            world.assertAllFailedInAnOperation();
            world.assertKinds(Kind.DEADLINE, Kind.PEER_LOST);
            world.assertBlameLeadsToLink(place.from(), place.to());
            world.assertCompletedRoundsRight();
        });
    }

    @ParameterizedTest
    @EnumSource
    void unpluggedRankEndsEveryRankAtTheDeadline(Transport transport) throws Exception {
        new FaultCases(transport, Patience.SHORT).check(FaultPlace::edges, Mishap::isolateAt, (world, place) -> {
            world.assertAllFailedInAnOperation();
            world.assertKinds(Kind.DEADLINE, Kind.PEER_LOST);
            world.assertBlameLeadsTo(place.from());
            assertThat(world.fate(place.from()).failed().kind()).isEqualTo(Kind.DEADLINE);
            world.assertCompletedRoundsRight();
        });
    }
}
