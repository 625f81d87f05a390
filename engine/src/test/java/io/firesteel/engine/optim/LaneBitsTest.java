package io.firesteel.engine.optim;

import static io.firesteel.engine.optim.Optimizers.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops with vector instructions, and slices of the parameters, give the bits of the plain loop over the whole. */
class LaneBitsTest {
    private static final int[] SIZES = {0, 1, 2, 3, 7, 15, 16, 17, 31, 61, 127, 4093, 4096, 4099, 12289, 20011};
    private static final int[] SLICES = {1, 2, 3, 5};
    private static final int STEPS = 5;
    private static final List<Clipping> CLIPPINGS =
            List.of(Clipping.none(), Clipping.byValue(0.2), Clipping.byNorm(0.5));

    static Stream<String> names() {
        return Optimizers.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void vectorLoopsHaveTheBitsOfPlainOnes(String name) {
        for (int size : SIZES) {
            for (Clipping clipping : CLIPPINGS) {
                Run plain = new Run(optimization(name, clipping, size), size, false);
                Run lanes = new Run(optimization(name, clipping, size), size, true);
                assertThat(array(lanes.weights))
                        .as("%d floats, %s", size, clipping)
                        .isEqualTo(array(plain.weights));
                assertThat(lanes.optimizer.state()).isEqualTo(plain.optimizer.state());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void slicesHaveTheBitsOfTheWhole(String name) {
        for (int size : new int[] {1, 4099, 20011}) {
            for (Clipping clipping : CLIPPINGS) {
                Run whole = new Run(optimization(name, clipping, size), size, true);
                for (int slices : SLICES) {
                    Slices sliced = new Slices(optimization(name, clipping, size), size, slices);
                    assertThat(array(sliced.weights))
                            .as("%d floats in %d slices, %s", size, slices, clipping)
                            .isEqualTo(array(whole.weights));
                    assertThat(OptimizerState.join(sliced.states())).isEqualTo(whole.optimizer.state());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void averagesThatHaveDecayedAreClearedByEveryLoopAlike(String name) {
        int size = 4096 * 3;
        Optimization optimization = Optimization.of(Optimizers.SPECS.get(name));
        List<ParameterSegment> segments = List.of(new ParameterSegment("0.weight", 0, size));
        Optimizer plain = Optimizers.whole(optimization, segments, size, false);
        Optimizer lanes = Optimizers.whole(optimization, segments, size, true);
        FloatBuffer weights = Optimizers.gaussian(size, new Random(1));
        FloatBuffer others = Optimizers.copy(weights);
        FloatBuffer tiny = Optimizers.direct(size);
        for (int i = 0; i < size; i++) {
            tiny.put(i, (i % 7) * 1e-38f);
        }
        for (int step = 0; step < 130; step++) {
            plain.step(weights, step == 0 ? tiny : Optimizers.direct(size), 1);
            lanes.step(others, step == 0 ? tiny : Optimizers.direct(size), 1);
        }
        assertThat(array(others)).isEqualTo(array(weights));
        assertThat(lanes.state()).isEqualTo(plain.state());
    }

    @Test
    @SuppressWarnings("unchecked")
    void loopsThatThisMachineCannotRunRefuse() {
        assertThatIllegalStateException()
                .isThrownBy(() -> LaneLoop.Absent.LOOP.apply(null, null, null, 0, 0))
                .withMessage("Cannot use vector instructions: this JVM has no jdk.incubator.vector");
    }

    @Test
    void averagesOfDeadGradientsBecomeZeroInsteadOfSubnormal() {
        int size = 4096 * 2;
        Optimizer adam = new Adam(0.001, 0.9, 0.999, 1e-8, 0).create(size);
        FloatBuffer weights = Optimizers.gaussian(size, new Random(1));
        adam.step(weights, Optimizers.gaussian(size, new Random(2)), 1);
        FloatBuffer none = Optimizers.direct(size);
        for (int step = 0; step < 1200; step++) {
            adam.step(weights, none, 1);
        }
        assertThat(adam.state().slots().get("exp_avg")).containsOnly(0f);
        assertThat(adam.state().slots().get("exp_avg_sq")).doesNotContain(0f);
    }

    /** Two groups, so that pieces end inside of blocks; every pattern has a parameter at every size. */
    private static Optimization optimization(String name, Clipping clipping, int size) {
        List<ParameterGroup> groups =
                List.of(new ParameterGroup("*.bias", 0.02, 0), new ParameterGroup("1.*", 0.01, 0.3));
        return new Optimization(Optimizers.SPECS.get(name), size == 0 ? List.of() : groups, clipping, false);
    }

    private static List<FloatBuffer> gradients(int size) {
        Random random = new Random(size);
        List<FloatBuffer> gradients = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            gradients.add(Optimizers.gaussian(size, random));
        }
        return gradients;
    }

    /** Some steps of one optimizer for all parameters. */
    private static final class Run {
        private final Optimizer optimizer;
        private final FloatBuffer weights;

        Run(Optimization optimization, int size, boolean lanes) {
            optimizer = Optimizers.whole(optimization, Optimizers.segments(size), size, lanes);
            weights = Optimizers.gaussian(size, new Random(99));
            gradients(size).forEach(gradient -> optimizer.step(weights, gradient, 0.25f));
        }
    }

    /** The same steps of several optimizers, each on a thread of its own that waits for the sums of all. */
    private static final class Slices {
        private final List<Optimizer> optimizers = new ArrayList<>();
        private final FloatBuffer weights;

        Slices(Optimization optimization, int size, int slices) {
            weights = Optimizers.gaussian(size, new Random(99));
            int[] bounds = bounds(size, slices);
            SlicedSums sums = new SlicedSums(slices);
            for (int i = 0; i < slices; i++) {
                optimizers.add(
                        optimization.create(Optimizers.segments(size), bounds[i], bounds[i + 1], sums, i % 2 == 0));
            }
            sums.runAll(slice -> {
                for (FloatBuffer gradient : gradients(size)) {
                    int length = bounds[slice + 1] - bounds[slice];
                    optimizers
                            .get(slice)
                            .step(weights.slice(bounds[slice], length), gradient.slice(bounds[slice], length), 0.25f);
                }
            });
        }

        /** Multiples of 4096; the last slices may be empty. */
        private static int[] bounds(int size, int slices) {
            int blocks = (size + 4095) / 4096;
            int[] bounds = new int[slices + 1];
            for (int i = 1; i <= slices; i++) {
                bounds[i] = (int) Math.min(size, (long) blocks * i / slices * 4096);
            }
            bounds[slices] = size;
            return bounds;
        }

        List<OptimizerState> states() {
            return optimizers.stream().map(Optimizer::state).toList();
        }
    }
}
