package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A listener remembers which counts its window leaves out, and must not be wrong about that. */
class ListenerTest {
    /** Counts mostly go up by one; they also stay, jump, and begin anew. */
    @Test
    void rememberedCountsAreThoseThatTheWindowLeavesOut() {
        Random random = new Random(5);
        for (int run = 0; run < 2_000; run++) {
            FilteredEvent selected = window(random).alternatives().get(0);
            Listener<Long, Long> listener = new Listener<>(e -> {}, selected, 0, "listener");
            long count = random.nextInt(3);
            for (int firing = 0; firing < 200; firing++) {
                assertThat(listener.accepts(null, count))
                        .as("run %d: %s at %d", run, selected, count)
                        .isEqualTo(selected.filter().matches(null, count));
                count = next(random, count);
            }
        }
    }

    private static EventWindow window(Random random) {
        int parts = 1 + random.nextInt(7);
        EventWindow window = (parts & 1) != 0
                ? Events.ITERATION_COMPLETED.every(1 + random.nextInt(9))
                : Events.ITERATION_COMPLETED.every(1);
        if ((parts & 2) != 0) {
            window = window.before(random.nextInt(80));
        }
        return (parts & 4) != 0 ? window.after(random.nextInt(60)) : window;
    }

    private static long next(Random random, long count) {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(100);
            case 1, 2 -> count;
            case 3 -> 0;
            default -> count + 1;
        };
    }
}
