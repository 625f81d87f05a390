package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is blamed by a rank whose peers don't all fail at once. */
@Timeout(60)
final class FirstCauseTest {
    private static final int LENGTH = 3000;

    /** The second rank gives its part and waits, as this one does, for the third; it gives up a moment before. */
    @Test
    void silentPeerIsBlamedWhereAnotherGaveUpOnItFirst() throws Exception {
        Patience.SHORT.check(deadline -> {
            CommunicationException e = failureBetweenLostAndSilent(deadline);
            assertThat(e.kind()).isEqualTo(Kind.DEADLINE);
            assertThat(e.peer()).hasValue(2);
            assertThat(e)
                    .hasMessageMatching("Cannot complete allReduceSum 0 on rank 0: rank 2 at 127.0.0.1:\\d+ moved no"
                            + " byte for \\d+ ms, until rank 1 was lost, which may have waited for it too; if it is only slow,"
                            + " raise the operation deadline \\(received no header, sent .*");
            assertThat(e.getCause()).hasMessageMatching("(closed|broke) the connection.*");
        });
    }

    private static CommunicationException failureBetweenLostAndSilent(Duration deadline) throws Exception {
        CommunicatorOptions options = Ranks.options()
                .optAlgorithm(ReductionAlgorithm.DIRECT)
                .optOperationDeadline(deadline)
                .build();
        List<PeerListener> listeners = Ranks.listeners(3);
        Group group = Ranks.group(listeners, 0, options);
        FutureTask<Object> rank0 = Ranks.start("rank 0", () -> {
            try (Communicator communicator = listeners.get(0).connect(group)) {
                communicator.allReduceSum(List.of(Ranks.vector(LENGTH)), Ranks.vector(LENGTH));
                return null;
            }
        });
        try (RawPeer silent = RawPeer.join(Ranks.group(listeners, 2, options), 0)) {
            try (RawPeer waiting = RawPeer.join(Ranks.group(listeners, 1, options), 0)) {
                contribute(waiting);
                long nearlyAll = deadline.toMillis() * 15 / 16;
                assertThat(new CountDownLatch(1).await(nearlyAll, TimeUnit.MILLISECONDS))
                        .isFalse();
            }
            silent.awaitEnd();
            return Ranks.outcome(rank0).communicationFailure();
        } finally {
            listeners.forEach(PeerListener::close);
        }
    }

    /** What a true rank 1 has for rank 0, but not the sums, which it can't make. */
    private static void contribute(RawPeer peer) throws IOException {
        Partition slices = Partition.even(LENGTH, 3);
        long both = (long) (slices.length(0) + slices.length(1)) * Float.BYTES;
        peer.send(new Frame(Operation.ALL_REDUCE_SUM, 0, both, LENGTH, 1));
        peer.send(new byte[slices.length(0) * Float.BYTES]);
    }
}
