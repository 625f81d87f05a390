package io.firesteel.engine.optim;

/**
 * The product of {@link NAdam}'s momenta over all steps: it follows from the number of steps, so that no state has to keep
 * it. Steps mostly come in order; after a restart they are gone through again until the product is 0, some thousands at
 * most.
 */
final class MomentumProduct {
    private final NAdam spec;
    private long lastStep;
    private double product = 1;

    MomentumProduct(NAdam spec) {
        this.spec = spec;
    }

    /** The product over steps 1 to {@code step}. */
    double upTo(long step) {
        if (step < lastStep) {
            lastStep = 0;
            product = 1;
        }
        while (lastStep < step && product != 0) {
            lastStep++;
            product *= spec.momentum(lastStep);
        }
        lastStep = step;
        return product;
    }
}
