package io.firesteel.engine.optim;

/**
 * The update of {@link Adam} and {@link AdamW}, with the order of operations of PyTorch's single-tensor implementation.
 * Factors are computed in double precision and rounded once.
 */
final class AdamOptimizer extends ChunkedOptimizer {
    /** What the two differ in: whether weights shrink through the gradient and its moments, or directly. */
    enum Decay {
        COUPLED,
        DECOUPLED
    }

    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private final double weightDecay;
    private final Decay decay;
    private final Slot firstMoment;
    private final Slot secondMoment;
    private float stepSize;
    private float secondCorrection;

    AdamOptimizer(Adam spec, int parameters) {
        this(
                parameters,
                spec.learningRate(),
                spec.beta1(),
                spec.beta2(),
                spec.epsilon(),
                spec.weightDecay(),
                Decay.COUPLED);
    }

    AdamOptimizer(AdamW spec, int parameters) {
        this(
                parameters,
                spec.learningRate(),
                spec.beta1(),
                spec.beta2(),
                spec.epsilon(),
                spec.weightDecay(),
                Decay.DECOUPLED);
    }

    private AdamOptimizer(
            int parameters,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            Decay decay) {
        super(parameters, learningRate);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = (float) epsilon;
        this.weightDecay = weightDecay;
        this.decay = decay;
        firstMoment = slot("exp_avg");
        secondMoment = slot("exp_avg_sq");
    }

    /** StrictMath, because Math.pow may differ in the last bit from machine to machine. */
    @Override
    void begin(long step) {
        stepSize = (float) (learningRate() / (1 - StrictMath.pow(beta1, (double) step)));
        secondCorrection = (float) Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
    }

    @Override
    void update(float[] weights, float[] gradients, int chunk, int size) {
        if (weightDecay != 0) {
            decay(weights, gradients, size);
        }
        average(firstMoment.chunk(chunk), (float) (1 - beta1), gradients, size);
        averageSquares(secondMoment.chunk(chunk), (float) beta2, (float) (1 - beta2), gradients, size);
        descend(weights, firstMoment.chunk(chunk), secondMoment.chunk(chunk), size);
    }

    private void decay(float[] weights, float[] gradients, int size) {
        if (decay == Decay.DECOUPLED) {
            scale(weights, (float) (1 - learningRate() * weightDecay), size);
        } else {
            add(gradients, (float) weightDecay, weights, size);
        }
    }

    /** By the formula of torch.lerp, which starts from the nearer end. */
    private static void average(float[] moments, float share, float[] gradients, int size) {
        if (share < 0.5f) {
            for (int i = 0; i < size; i++) {
                moments[i] = moments[i] + share * (gradients[i] - moments[i]);
            }
        } else {
            for (int i = 0; i < size; i++) {
                moments[i] = gradients[i] - (gradients[i] - moments[i]) * (1 - share);
            }
        }
    }

    private static void averageSquares(float[] moments, float keep, float share, float[] gradients, int size) {
        for (int i = 0; i < size; i++) {
            moments[i] = moments[i] * keep + share * gradients[i] * gradients[i];
        }
    }

    private void descend(float[] weights, float[] firstMoments, float[] secondMoments, int size) {
        float factor = -stepSize;
        float correction = secondCorrection;
        float floor = epsilon;
        for (int i = 0; i < size; i++) {
            float denominator = (float) Math.sqrt(secondMoments[i]) / correction + floor;
            weights[i] += factor * firstMoments[i] / denominator;
        }
    }
}
