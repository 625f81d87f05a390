package io.firesteel.engine.optim;

/** The update of {@link Sgd}, with the order of operations of PyTorch's single-tensor implementation. */
final class SgdOptimizer extends ChunkedOptimizer {
    private final Sgd spec;
    private final Slot velocity;
    private boolean first;

    SgdOptimizer(Sgd spec, int parameters) {
        super(parameters, spec.learningRate());
        this.spec = spec;
        velocity = spec.momentum() == 0 ? null : slot("momentum_buffer");
    }

    @Override
    void begin(long step) {
        first = step == 1;
    }

    @Override
    void update(float[] weights, float[] gradients, int chunk, int size) {
        if (spec.weightDecay() != 0) {
            add(gradients, (float) spec.weightDecay(), weights, size);
        }
        if (velocity != null) {
            applyMomentum(gradients, velocity.chunk(chunk), size);
        }
        add(weights, (float) -learningRate(), gradients, size);
    }

    /** Turns gradients into the direction of the step; the velocity begins as the first gradient, not as 0. */
    private void applyMomentum(float[] gradients, float[] velocities, int size) {
        float momentum = (float) spec.momentum();
        if (first) {
            System.arraycopy(gradients, 0, velocities, 0, size);
        } else {
            accelerate(velocities, momentum, gradients, size);
        }
        if (spec.nesterov()) {
            add(gradients, momentum, velocities, size);
        } else {
            System.arraycopy(velocities, 0, gradients, 0, size);
        }
    }

    private static void accelerate(float[] velocities, float momentum, float[] gradients, int size) {
        for (int i = 0; i < size; i++) {
            velocities[i] = velocities[i] * momentum + gradients[i];
        }
    }
}
