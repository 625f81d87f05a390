package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class PendingReductionTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 1_000_003})
    void sumIsThereWhenAwaited(int length) throws Exception {
        Ranks.values(3, Ranks.options().build(), communicator -> {
            FloatBuffer own = Ranks.vector(length);
            for (int i = 0; i < length; i++) {
                own.put(i, communicator.rank() + 1);
            }
            FloatBuffer result = Ranks.vector(length);
            for (int round = 0; round < 3; round++) {
                PendingReduction pending = communicator.startAllReduceSum(List.of(own), result);
                for (int i = 0; i < round * 50; i++) {
                    pending.poll();
                }
                pending.await();
                pending.await();
                pending.poll();
                for (int i = 0; i < length; i++) {
                    if (result.get(i) != 6) {
                        throw new AssertionError("Element " + i + " is " + result.get(i));
                    }
                }
            }
            communicator.barrier();
            return null;
        });
    }

    @Test
    void otherOperationsHaveToWait() throws Exception {
        Ranks.values(2, Ranks.options().build(), communicator -> {
            Communicator group = communicator.split(0);
            PendingReduction pending = communicator.startAllReduceSum(List.of(Ranks.vector(1f)), Ranks.vector(1));
            assertThatThrownBy(communicator::barrier)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot start barrier 1 on rank " + communicator.rank()
                            + ": allReduceSum 1 is in progress (await it first)");
            assertThatThrownBy(group::barrier).isInstanceOf(IllegalStateException.class);
            pending.await();
            communicator.barrier();
            group.barrier();
            return null;
        });
    }

    @Test
    void sumOfNothingIsFoundWhenAwaited() throws Exception {
        Ranks.values(2, Ranks.options().build(), communicator -> {
            PendingReduction pending = communicator.startAllReduceSum(List.of(), Ranks.vector(1));
            assertThatThrownBy(pending::await)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no rank contributed one");
            communicator.barrier();
            return null;
        });
    }

    @Test
    void failureWhileInProgressComesOutOfEveryCall() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(2, Ranks.options().build(), communicator -> {
            communicator.barrier();
            if (communicator.rank() == 0) {
                PendingReduction pending =
                        communicator.startAllReduceSum(List.of(Ranks.vector(100_000)), Ranks.vector(100_000));
                assertThatThrownBy(pending::await).isInstanceOf(CommunicationException.class);
                assertThatThrownBy(pending::poll).isInstanceOf(CommunicationException.class);
                pending.await();
            }
            return null;
        });
        assertThat(outcomes.get(0).communicationFailure().kind()).isEqualTo(CommunicationException.Kind.PEER_LOST);
    }
}
