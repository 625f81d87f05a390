package io.firesteel.connectors.lease;

import java.time.Duration;

/** What comes of asking for a lease. */
public sealed interface LeaseAnswer {
    /**
     * It was free and is the caller's now.
     *
     * @param lease for the caller to close
     */
    record Acquired(JobLease lease) implements LeaseAnswer {}

    /**
     * It is another's.
     *
     * @param owner who has it
     * @param expiresIn after which it is free, if its owner gives no sign of life until then
     */
    record Held(LeaseOwner owner, Duration expiresIn) implements LeaseAnswer {}
}
