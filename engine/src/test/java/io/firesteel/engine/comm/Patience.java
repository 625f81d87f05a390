package io.firesteel.engine.comm;

import java.time.Duration;
import java.util.List;

/**
 * Deadlines of tests in which ranks have to miss them. A machine busy with other things may keep a healthy rank from running
 * for so long that it misses a short deadline too, and is blamed. So a case that breaks the law with one must break it with
 * the longer ones as well before it counts.
 *
 * @param deadlines the shortest first
 */
record Patience(List<Duration> deadlines) {
    /** Nobody is to reach it. */
    static final Patience LONG = new Patience(List.of(Duration.ofSeconds(20)));

    static final Patience SHORT =
            new Patience(List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(6)));

    /** A case, with asserts in it. */
    interface Case {
        void tryWith(Duration deadline) throws Exception;
    }

    void check(Case body) throws Exception {
        Duration last = deadlines.get(deadlines.size() - 1);
        for (Duration deadline : deadlines) {
            try {
                body.tryWith(deadline);
                return;
            } catch (AssertionError e) {
                if (deadline.equals(last)) {
                    throw e;
                }
            }
        }
    }
}
