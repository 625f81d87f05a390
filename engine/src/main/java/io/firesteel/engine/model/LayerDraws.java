package io.firesteel.engine.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What the layers of a user's network draw in training, such as Dropout's masks: from a seed for each pass, so that it depends
 * neither on what ran before in the process nor on what runs beside. Only networks that draw need this, as they compute one at a
 * time for it; the first pass shows whether this one does.
 */
final class LayerDraws {
    private enum Known {
        NOTHING_YET,
        DRAWS,
        DRAWS_NOT
    }

    /** The chance that other numbers are equal is 1 in 2^96. */
    private static final Shape SAMPLE = new Shape(4);

    private Known known;
    private long seed;
    private boolean seeded;

    private LayerDraws(Known known) {
        this.known = known;
    }

    /** Of a network whose layers aren't known. */
    static LayerDraws ofUser() {
        return new LayerDraws(Known.NOTHING_YET);
    }

    /** Of a network whose layers draw nothing. */
    static LayerDraws none() {
        return new LayerDraws(Known.DRAWS_NOT);
    }

    void seed(long newSeed) {
        seed = newSeed;
        seeded = true;
    }

    /** Whether a pass has to be run by {@link #run}. */
    boolean matter() {
        return seeded && known != Known.DRAWS_NOT;
    }

    /** Runs a forward pass in training, alone in this process. */
    NDList run(NDManager manager, Supplier<NDList> pass) {
        return SharedGenerator.seeded(seed, () -> {
            NDList outputs = pass.get();
            if (known == Known.NOTHING_YET) {
                known = hasDrawn(manager) ? Known.DRAWS : Known.DRAWS_NOT;
            }
            return outputs;
        });
    }

    /** Whether the generator is elsewhere than its seed says. */
    private boolean hasDrawn(NDManager manager) {
        try (NDManager scope = manager.newSubManager()) {
            float[] next = scope.randomUniform(0, 1, SAMPLE).toFloatArray();
            Torch.seed(seed);
            return !Arrays.equals(next, scope.randomUniform(0, 1, SAMPLE).toFloatArray());
        }
    }
}
