package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every collective over every transport, on links that change or lose bytes. */
@Timeout(60)
final class CollectiveCorruptionTest {
    /** The first and the last byte of each field; {@link CommValuesTest} has all bits. */
    private static List<Long> header(long round) {
        return LongStream.of(0, 3, 4, 7, 8, 15, 16, 19, 23, 24, 31, 32, 35, 36, 39)
                .boxed()
                .toList();
    }

    /** Where there are two halves, both are of equal length. */
    private static List<Long> secondHeader(long round) {
        return header(round).stream().map(spot -> round / 2 + spot).toList();
    }

    private static List<Long> payload(long round) {
        return FaultPlace.edges(round).stream()
                .filter(spot -> spot >= Frame.HEADER_BYTES)
                .toList();
    }

    private static Mishap flip(long offset) {
        return Mishap.flipAt(offset, (int) (offset * 5 % Byte.SIZE));
    }

    @ParameterizedTest
    @EnumSource
    void changedHeaderIsAnErrorAndNeverAValue(Transport transport) throws Exception {
        FaultCases.patient(transport)
                .check(CollectiveCorruptionTest::header, CollectiveCorruptionTest::flip, noticed());
    }

    @ParameterizedTest
    @EnumSource
    void changedHeaderOfTheSecondHalfIsAnErrorAndNeverAValue(Transport transport) throws Exception {
        FaultCases.patient(transport)
                .only(Collective.inTwoHalves())
                .check(CollectiveCorruptionTest::secondHeader, CollectiveCorruptionTest::flip, noticed());
    }

    private static FaultCases.Law noticed() {
        return (world, place) -> {
            world.assertAllFailedInAnOperation();
            world.assertBlameLeadsToLink(place.from(), place.to());
            world.assertCompletedRoundsRight();
            assertThat(world.fate(place.to()).failed().kind()).isEqualTo(Kind.PROTOCOL);
        };
    }

    /** Where the transport has no checksum, a changed float passes for another; what was summed before stays right. */
    @ParameterizedTest
    @EnumSource
    void changedPayloadIsAnErrorWhereTheTransportChecks(Transport transport) throws Exception {
        FaultCases.Law unharmedBefore = (world, place) -> world.assertRoundsRight(place.round());
        FaultCases.impatient(transport)
                .check(
                        CollectiveCorruptionTest::payload,
                        CollectiveCorruptionTest::flip,
                        transport.checksPayloads() ? noticed() : unharmedBefore);
    }

    @ParameterizedTest
    @EnumSource
    void lostBytesEndEveryRank(Transport transport) throws Exception {
        FaultCases.impatient(transport)
                .check(FaultPlace::edges, offset -> Mishap.dropAt(offset, 1 + offset % 8), (world, place) -> {
                    world.assertAllFailedInAnOperation();
                    world.assertBlameLeadsToLink(place.from(), place.to());
                    world.assertRoundsRight(transport.checksPayloads() ? Integer.MAX_VALUE : place.round());
                });
    }
}
