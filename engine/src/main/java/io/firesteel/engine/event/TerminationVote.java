package io.firesteel.engine.event;

import java.util.Optional;

/**
 * Makes {@link Engine#terminate()} a decision of all replicas of a run. Installed with {@link
 * Engine#terminationVote(TerminationVote)}.
 *
 * <p>Collective: every replica's engine calls it at the same points of the loop, after the handlers of each
 * ITERATION_COMPLETED and after those of each EPOCH_COMPLETED, on the engine's thread. Replicas must therefore run the
 * same number of iterations an epoch. An implementation is the logical or of all replicas' wishes, or a stricter rule,
 * but must give the same answer to all.
 */
@FunctionalInterface
public interface TerminationVote {
    /** The reason of an engine that stops because the vote says so and not its own handlers. */
    String OF_ANOTHER_REPLICA = "another replica asked for it";

    /**
     * Votes.
     *
     * @param locallyRequested whether this replica wants to stop
     * @return whether all replicas stop now; if false, a local request stays and is voted on again
     */
    boolean agree(boolean locallyRequested);

    /**
     * Why the run ends, for {@link Engine#terminationReason()}: called on every replica right after all have agreed, and
     * collective as {@link #agree} is. An implementation that lets reasons travel answers the same on all.
     *
     * @param local this replica's own reason; empty if it has none
     */
    default String reason(Optional<String> local) {
        return local.orElse(OF_ANOTHER_REPLICA);
    }
}
