package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GroupNumbersTest {
    private final GroupNumbers numbers = new GroupNumbers();

    private static byte[] vote(int colour, long highest) {
        return ByteBuffer.allocate(GroupNumbers.VOTE_BYTES)
                .putInt(colour)
                .putLong(highest)
                .array();
    }

    @Test
    void groupsTakeTheNumbersAfterTheHighestThatAnyRankKnows() throws Exception {
        List<byte[]> votes = List.of(vote(5, 2), vote(1, 7), vote(5, 0));
        assertThat(numbers.decide(Roster.world(2, 3), votes)).isEqualTo(new GroupNumbers.Share(9, List.of(0, 2)));
        assertThat(numbers.vote(4)).isEqualTo(vote(4, 9));
    }

    @Test
    void voteThatNoRankCanHaveIsRefused() {
        for (long highest : new long[] {-1, 9_000_001, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> numbers.decide(Roster.world(0, 2), List.of(vote(0, 0), vote(0, highest))))
                    .isInstanceOf(Fault.class)
                    .hasMessage("voted for group number " + highest + ", expected in [0, 9000000]");
        }
    }
}
