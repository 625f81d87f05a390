package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SplitTest {
    private static float sumOfOnes(Communicator communicator, int length) {
        FloatBuffer values = Ranks.vector(length);
        for (int i = 0; i < length; i++) {
            values.put(i, 1);
        }
        communicator.allReduceSum(List.of(values), values);
        return values.get(length - 1);
    }

    @Test
    void ranksOfOneColourAreAWorldInTheirOrder() throws Exception {
        Ranks.values(6, Ranks.options().build(), communicator -> {
            int rank = communicator.rank();
            Communicator group = communicator.split(rank % 2);
            assertThat(group.worldSize()).isEqualTo(3);
            assertThat(group.rank()).isEqualTo(rank / 2);
            List<byte[]> gathered = group.allGather(new byte[] {(byte) rank});
            for (int i = 0; i < 3; i++) {
                assertThat(gathered.get(i)).containsExactly(2 * i + rank % 2);
            }
            assertThat(sumOfOnes(group, 100_000)).isEqualTo(3);
            assertThat(sumOfOnes(communicator, 100_000)).isEqualTo(6);
            return null;
        });
    }

    @Test
    void groupsGoTheirOwnPaceBetweenCommonOperations() throws Exception {
        Ranks.values(5, Ranks.options().optChunkBytes(256).build(), communicator -> {
            boolean low = communicator.rank() < 2;
            try (Communicator group = communicator.split(low ? -3 : 8)) {
                for (int i = 0; i < (low ? 40 : 3); i++) {
                    assertThat(sumOfOnes(group, low ? 5 : 9000)).isEqualTo(low ? 2 : 3);
                }
            }
            assertThat(sumOfOnes(communicator, 9000)).isEqualTo(5);
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void groupsOfGroupsAreToldApart(int worldSize) throws Exception {
        Ranks.values(worldSize, Ranks.options().build(), communicator -> {
            Random shared = new Random(worldSize);
            Communicator current = communicator;
            for (int round = 0; round < 6; round++) {
                int seed = shared.nextInt(100);
                Communicator next = current.split((communicator.rank() * 31 + seed) % 3 == 0 ? 1 : 0);
                assertThat(sumOfOnes(next, 20_000)).isEqualTo(next.worldSize());
                assertThat(sumOfOnes(current, 3)).isEqualTo(current.worldSize());
                assertThat(sumOfOnes(communicator, 20_000)).isEqualTo(worldSize);
                current = round % 3 == 2 ? communicator : next;
            }
            return null;
        });
    }

    @Test
    void closedGroupRefusesAndLeavesTheOthersAsTheyAre() throws Exception {
        Ranks.values(2, Ranks.options().build(), communicator -> {
            Communicator group = communicator.split(7);
            group.close();
            assertThatThrownBy(group::barrier)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot start barrier 1000000000000 on rank " + communicator.rank()
                            + ": the communicator is closed");
            communicator.barrier();
            Communicator other = communicator.split(7);
            communicator.close();
            assertThatThrownBy(other::barrier).hasMessageContaining("the communicator is closed");
            return null;
        });
    }

    @Test
    void messagesOfAGroupNameRanksOfTheWorld() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(4, Ranks.options().build(), communicator -> {
            Communicator group = communicator.split(communicator.rank() / 2);
            if (communicator.rank() >= 2) {
                FloatBuffer values = Ranks.vector(communicator.rank());
                group.allReduceSum(List.of(values), values);
            }
            return null;
        });
        CommunicationException e = outcomes.get(2).communicationFailure();
        assertThat(e.peer()).hasValue(3);
        assertThat(e.rank()).isEqualTo(2);
        assertThat(e)
                .hasMessageContaining("Cannot complete allReduceSum 2000000000000 on rank 2: rank 3 at ")
                .hasMessageContaining(" with vectors of 3 elements while rank 2 called it with 2");
    }

    @Test
    void operationsOfDifferentGroupsAreNotTakenForOneAnother() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(2, Ranks.options().build(), communicator -> {
            Communicator one = communicator.split(0);
            Communicator two = communicator.split(0);
            (communicator.rank() == 0 ? one : two).barrier();
            return null;
        });
        assertThat(outcomes.get(0).communicationFailure())
                .hasMessageContaining("called barrier 2000000000000 while rank 0 called barrier 1000000000000");
    }
}
