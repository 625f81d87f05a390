package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every collective over every transport, on links that change or lose bytes. */
@Timeout(60)
final class CollectiveCorruptionTest {
    private static Mishap flip(long offset) {
        return Mishap.flipAt(offset, (int) (offset * 5 % Byte.SIZE));
    }

    /** Who reads what was changed fails at once, or waits for bytes that a changed length promised. */
    private static FaultCases.Law noticed(Kind... kinds) {
        return (world, place) -> {
            world.assertAllFailedInAnOperation();
            world.assertBlameLeadsToLink(place.from(), place.to());
            world.assertCompletedRoundsRight();
            assertThat(world.fate(place.to()).failed().kind()).isIn((Object[]) kinds);
        };
    }

    @ParameterizedTest
    @EnumSource
    void changedHeaderIsAnErrorAndNeverAValue(Transport transport) throws Exception {
        if (transport.checksPayloads()) {
            new FaultCases(transport, Patience.SHORT)
                    .check(
                            FaultPlace::fields,
                            CollectiveCorruptionTest::flip,
                            noticed(Kind.PROTOCOL, Kind.DEADLINE, Kind.PEER_LOST));
        } else {
            new FaultCases(transport, Patience.LONG)
                    .check(FaultPlace::fields, CollectiveCorruptionTest::flip, noticed(Kind.PROTOCOL));
        }
    }

    /** Where the transport has no checksum, a changed float passes for another; what was summed before stays right. */
    @ParameterizedTest
    @EnumSource
    void changedPayloadIsAnErrorWhereTheTransportChecks(Transport transport) throws Exception {
        FaultCases.Law unharmedBefore = (world, place) -> world.assertRoundsRight(place.round());
        FaultCases.Law law =
                transport.checksPayloads() ? noticed(Kind.PROTOCOL, Kind.DEADLINE, Kind.PEER_LOST) : unharmedBefore;
        new FaultCases(transport, Patience.SHORT).check(FaultPlace::payloads, CollectiveCorruptionTest::flip, law);
    }

    @ParameterizedTest
    @EnumSource
    void lostBytesEndEveryRank(Transport transport) throws Exception {
        new FaultCases(transport, Patience.SHORT)
                .check(FaultPlace::edges, offset -> Mishap.dropAt(offset, 1 + offset % 8), (world, place) -> {
                    world.assertAllFailedInAnOperation();
                    world.assertBlameLeadsToLink(place.from(), place.to());
                    world.assertRoundsRight(transport.checksPayloads() ? Integer.MAX_VALUE : place.round());
                });
    }
}
