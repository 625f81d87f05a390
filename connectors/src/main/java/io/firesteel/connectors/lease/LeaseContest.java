package io.firesteel.connectors.lease;

import java.time.Duration;
import java.util.Optional;

/** Takes a lease if it is free. Whatever a contender believes, only one can publish the next number. */
final class LeaseContest {
    private static final int ROUNDS = 100;

    private final LeaseFiles files;
    private final LeaseOwner me;

    LeaseContest(LeaseFiles files, LeaseOwner me) {
        this.files = files;
        this.me = me;
    }

    /** The number under which the lease is the caller's, or who has it. */
    Outcome run() {
        for (int round = 0; round < ROUNDS; round++) {
            int newest = files.newest();
            Optional<LeaseAnswer.Held> held = newest == 0 ? Optional.empty() : holderOf(newest);
            if (held.isPresent()) {
                return new Outcome(0, held);
            }
            if (files.publish(newest + 1, me) && isNewest(newest + 1)) {
                files.deleteBelow(newest);
                return new Outcome(newest + 1, Optional.empty());
            }
        }
        throw new LeaseException("Cannot take the lease " + files.uri() + ": others took it and gave it back " + ROUNDS
                + " times meanwhile; wait a while");
    }

    /** Who slept since it looked may have published a number whose file has been deleted; a higher one then is there. */
    private boolean isNewest(int number) {
        return files.newest() == number;
    }

    private Optional<LeaseAnswer.Held> holderOf(int number) {
        Optional<LeaseOwner> owner = files.owner(number);
        if (owner.isEmpty() || files.hasEnded(number) || owner.get().isGone(me)) {
            return Optional.empty();
        }
        Duration term = owner.get().term();
        return files.silence(number)
                .filter(silence -> silence.compareTo(term) < 0)
                .map(silence -> new LeaseAnswer.Held(owner.get(), term.minus(silence)));
    }

    /**
     * How it went.
     *
     * @param number under which the lease is the caller's; 0 if it isn't
     * @param held who has it, if it isn't the caller's
     */
    record Outcome(int number, Optional<LeaseAnswer.Held> held) {}
}
