package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.event.TerminationVote;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Replicas stop together once one of them wants to, and all know why: the reason of the lowest rank that asked, with that
 * rank's number unless all asked. Between exchanges of weights nobody stops, and nothing travels to find that out.
 */
final class StopVote implements TerminationVote {
    private final Communicator communicator;
    private final BooleanSupplier mayStop;
    private final PhaseTimes times;
    private int lowest;

    /** @param mayStop whether all replicas have the same weights, which is the same on all */
    StopVote(Communicator communicator, BooleanSupplier mayStop, PhaseTimes times) {
        this.communicator = communicator;
        this.mayStop = mayStop;
        this.times = times;
    }

    @Override
    public boolean agree(boolean locallyRequested) {
        if (!mayStop.getAsBoolean()) {
            return false;
        }
        long start = System.nanoTime();
        int world = communicator.worldSize();
        long wish = communicator.allReduceMax(locallyRequested ? world - communicator.rank() : 0);
        lowest = Math.toIntExact(world - wish);
        times.addSince(Phase.REDUCE, start);
        return wish > 0;
    }

    @Override
    public String reason(Optional<String> local) {
        byte[] own = local.orElse("").getBytes(StandardCharsets.UTF_8);
        String reason = new String(communicator.broadcast(own, lowest), StandardCharsets.UTF_8);
        boolean unanimous = communicator.allReduceMax(local.isPresent() ? 0 : 1) == 0;
        return unanimous ? reason : "rank " + lowest + ": " + reason;
    }
}
