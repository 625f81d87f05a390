package io.firesteel.spark;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;

/** How many barrier tasks can run at once: executors register over some seconds after the application starts. */
final class ClusterSlots {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SparkContext context;

    ClusterSlots(SparkContext context) {
        this.context = context;
    }

    /**
     * Waits until there are enough slots, or until their number doesn't grow any more.
     *
     * @param wanted replicas that the job asks for; {@link Integer#MAX_VALUE} for as many as there are
     */
    int await(int wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long changed = System.nanoTime();
        int slots = now();
        while (slots < wanted && System.nanoTime() < end && !isSettled(slots, wanted, changed)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            int found = now();
            if (found != slots) {
                slots = found;
                changed = System.nanoTime();
            }
        }
        return slots;
    }

    /** An explicit wish is worth waiting for as long as none has come; the cores of this machine are there at once. */
    private boolean isSettled(int slots, int wanted, long changed) {
        if (context.isLocal()) {
            return true;
        }
        Duration quiet = wanted == Integer.MAX_VALUE ? QUIET : QUIET.multipliedBy(5);
        return slots > 0 && System.nanoTime() - changed > quiet.toNanos();
    }

    private int now() {
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    }
}
