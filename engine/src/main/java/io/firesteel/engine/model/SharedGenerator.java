package io.firesteel.engine.model;

import java.util.function.Supplier;

/** libtorch's generator of random numbers, of which a process has one: one user at a time, or seeds mean nothing. */
final class SharedGenerator {
    private static final Object IN_USE = new Object();

    private SharedGenerator() {}

    /** Does something that draws from the generator, which depends on the seed alone then. */
    static <T> T seeded(long seed, Supplier<T> body) {
        synchronized (IN_USE) {
            Torch.seed(seed);
            return body.get();
        }
    }
}
