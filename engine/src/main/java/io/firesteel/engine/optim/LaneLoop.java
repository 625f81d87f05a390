package io.firesteel.engine.optim;

import io.firesteel.engine.kernel.IncubatorModule;

/** The loop of an {@link Update} with vector instructions. */
interface LaneLoop<U> {
    /** Updates elements in whole vectors from {@code from} on; answers the first one that is left. */
    int apply(U update, StepMemory memory, Block block, int from, int to);

    /** The loop of this class, or one that refuses to run where the vector module can't be used. */
    @SuppressWarnings("unchecked")
    static <U> LaneLoop<U> load(String className) {
        return IncubatorModule.load(LaneLoop.class, className).orElse(Absent.LOOP);
    }

    /** Stands in where nobody may call it. */
    final class Absent {
        @SuppressWarnings("rawtypes")
        static final LaneLoop LOOP = (update, memory, block, from, to) -> {
            throw new IllegalStateException("Cannot use vector instructions: this JVM has no jdk.incubator.vector");
        };

        private Absent() {}
    }
}
