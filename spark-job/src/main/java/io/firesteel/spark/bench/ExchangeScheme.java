package io.firesteel.spark.bench;

import io.firesteel.engine.train.LocalSgd;
import io.firesteel.engine.train.OuterOptimizer;
import io.firesteel.engine.train.PowerSgd;
import io.firesteel.engine.train.Synchronization;
import io.firesteel.engine.train.WirePrecision;
import java.util.List;

/**
 * A way to exchange that is compared with the others.
 *
 * @param label what reports call it
 * @param synchronization the way
 */
record ExchangeScheme(String label, Synchronization synchronization) {
    private static final int EVERY = 8;
    private static final int START_ITERATION = 10;

    /** All of them; the first is what the others are compared with. */
    static List<ExchangeScheme> all() {
        return List.of(
                new ExchangeScheme("float32", WirePrecision.FLOAT32),
                new ExchangeScheme("float16", WirePrecision.FLOAT16),
                new ExchangeScheme("bfloat16", WirePrecision.BFLOAT16),
                new ExchangeScheme("PowerSGD rank 2", new PowerSgd(2, START_ITERATION)),
                new ExchangeScheme("PowerSGD rank 4", new PowerSgd(4, START_ITERATION)),
                new ExchangeScheme("local SGD, H = 8", new LocalSgd(EVERY, OuterOptimizer.MEAN)),
                new ExchangeScheme("DiLoCo, H = 8", new LocalSgd(EVERY, new OuterOptimizer(0.7, 0.9, true))));
    }
}
