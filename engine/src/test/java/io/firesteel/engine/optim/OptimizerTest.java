package io.firesteel.engine.optim;

import static io.firesteel.engine.optim.Optimizers.SPECS;
import static io.firesteel.engine.optim.Optimizers.array;
import static io.firesteel.engine.optim.Optimizers.direct;
import static io.firesteel.engine.optim.Optimizers.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
    private static final JsonObject FACTS = Facts.json("optim.json");
    private static final int FACT_PARAMETERS = 200;
    private static final List<ParameterSegment> FACT_SEGMENTS =
            List.of(new ParameterSegment("weight", 0, 120), new ParameterSegment("bias", 120, 80));
    static final float FACT_SCALE = (float) (1 / 7.0);

    static Stream<String> names() {
        return Optimizers.names();
    }

    static Stream<Arguments> namesAndLoops() {
        return names().flatMap(name -> Stream.of(true, false).map(lanes -> Arguments.of(name, lanes)));
    }

    static Stream<Arguments> namesAndSizes() {
        return Optimizers.elementwiseNames()
                .flatMap(name -> Stream.of(0, 1, 4095, 4097).map(size -> Arguments.of(name, size)));
    }

    @ParameterizedTest
    @MethodSource("namesAndLoops")
    void hundredStepsEqualPyTorch(String name, boolean lanes) {
        FloatBuffer weights = factWeights();
        Optimizer optimizer = Optimizers.whole(Optimization.of(SPECS.get(name)), FACT_SEGMENTS, FACT_PARAMETERS, lanes);
        int compared = 0;
        for (int step = 1; step <= 100; step++) {
            optimizer.step(weights, factGradients(step), FACT_SCALE);
            for (JsonObject run : runs(name, step)) {
                compareWithFact(run, weights, optimizer.state());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(5);
    }

    static FloatBuffer factWeights() {
        FloatBuffer weights = direct(FACT_PARAMETERS);
        for (int i = 0; i < FACT_PARAMETERS; i++) {
            weights.put(i, ((37 * i) % 401 - 200) / 256f);
        }
        return weights;
    }

    static FloatBuffer factGradients(int step) {
        FloatBuffer gradients = direct(FACT_PARAMETERS);
        for (int i = 0; i < FACT_PARAMETERS; i++) {
            gradients.put(i, i % 10 == 9 ? 0 : ((7919 * i + 104729 * step) % 2003 - 1001) / 256f);
        }
        return gradients;
    }

    private static List<JsonObject> runs(String name, int step) {
        List<JsonObject> runs = new ArrayList<>();
        for (JsonElement element : FACTS.getAsJsonArray("runs")) {
            JsonObject run = element.getAsJsonObject();
            if (run.get("optimizer").getAsString().equals(name)
                    && run.get("step").getAsInt() == step) {
                runs.add(run);
            }
        }
        return runs;
    }

    private static void compareWithFact(JsonObject run, FloatBuffer weights, OptimizerState state) {
        if (run.has("weights")) {
            assertClose(array(weights), Facts.floats(run.getAsJsonArray("weights")));
            return;
        }
        JsonObject slots = run.getAsJsonObject("slots");
        assertThat(state.slots().keySet()).containsExactlyElementsOf(slots.keySet());
        for (String slot : slots.keySet()) {
            assertClose(state.slots().get(slot), Facts.floats(slots.getAsJsonArray(slot)));
        }
    }

    /** 1e-6 relative to the value or, for values that 100 roundings of larger terms have left near 0, to 1. */
    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double tolerance = 1e-6 * Math.max(1, Math.abs(expected[i]));
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }

    @ParameterizedTest
    @MethodSource("namesAndSizes")
    void everySizeEqualsOneElementAtATime(String name, int size) {
        Random random = new Random(size);
        FloatBuffer weights = gaussian(size, random);
        float[] start = array(weights);
        List<FloatBuffer> gradients = List.of(gaussian(size, random), gaussian(size, random), gaussian(size, random));
        Optimizer whole = SPECS.get(name).create(size);
        gradients.forEach(gradient -> whole.step(weights, gradient, 0.25f));
        for (int i = 0; i < size; i++) {
            Optimizer single = SPECS.get(name).create(1);
            FloatBuffer weight = FloatBuffer.wrap(new float[] {start[i]});
            for (FloatBuffer gradient : gradients) {
                single.step(weight, FloatBuffer.wrap(new float[] {gradient.get(i)}), 0.25f);
            }
            assertThat(weights.get(i)).as("element %d", i).isEqualTo(weight.get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void resumedRunHasTheBitsOfAnUnbrokenRun(String name) {
        int size = 5000;
        Random random = new Random(7);
        FloatBuffer unbroken = gaussian(size, random);
        FloatBuffer resumed = FloatBuffer.wrap(array(unbroken));
        List<FloatBuffer> gradients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gradients.add(gaussian(size, random));
        }
        Optimizer whole = SPECS.get(name).create(size);
        gradients.forEach(gradient -> whole.step(unbroken, gradient, 0.5f));
        Optimizer before = SPECS.get(name).create(size);
        gradients.subList(0, 10).forEach(gradient -> before.step(resumed, gradient, 0.5f));
        Optimizer after = SPECS.get(name).create(size);
        after.restore(before.state());
        gradients.subList(10, 20).forEach(gradient -> after.step(resumed, gradient, 0.5f));
        assertThat(array(resumed)).isEqualTo(array(unbroken));
        assertThat(after.state()).isEqualTo(whole.state());
        assertThat(after.steps()).isEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("names")
    void restoreBeforeTheFirstStepChangesNothing(String name) {
        FloatBuffer expected = FloatBuffer.wrap(new float[] {1, 2, 3});
        FloatBuffer actual = FloatBuffer.wrap(new float[] {1, 2, 3});
        FloatBuffer gradients = FloatBuffer.wrap(new float[] {3, -1, 0.5f});
        Optimizer fresh = SPECS.get(name).create(3);
        Optimizer restored = SPECS.get(name).create(3);
        restored.restore(fresh.state());
        for (int i = 0; i < 3; i++) {
            fresh.step(expected, gradients, 1);
            restored.step(actual, gradients, 1);
        }
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void paddingStaysZero(String name) {
        FloatBuffer weights = direct(40);
        FloatBuffer gradients = direct(40);
        gradients.put(0, 1);
        Optimizer optimizer = SPECS.get(name).create(40);
        for (int i = 0; i < 100; i++) {
            optimizer.step(weights, gradients, 1);
        }
        assertThat(weights.get(0)).isNegative();
        assertThat(array(weights.slice(1, 39))).containsOnly(0f);
    }

    @ParameterizedTest
    @MethodSource("names")
    void stepReadsAndWritesBetweenPositionAndLimitOnly(String name) {
        FloatBuffer weights = FloatBuffer.wrap(new float[] {9, 1, 1, 9});
        FloatBuffer gradients = FloatBuffer.wrap(new float[] {8, 8, 2, 2, 8});
        SPECS.get(name)
                .create(2)
                .step(weights.position(1).limit(3), gradients.position(2).limit(4), 1);
        assertThat(weights.array()[0]).isEqualTo(9);
        assertThat(weights.array()[3]).isEqualTo(9);
        assertThat(weights.array()[1]).isEqualTo(weights.array()[2]).isLessThan(1);
        assertThat(gradients.array()).containsExactly(8, 8, 2, 2, 8);
        assertThat(weights.position()).isEqualTo(1);
        assertThat(gradients.position()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("names")
    void gradientThatIsNotANumberReachesTheWeight(String name) {
        FloatBuffer weights = FloatBuffer.wrap(new float[] {1, 1});
        SPECS.get(name).create(2).step(weights, FloatBuffer.wrap(new float[] {Float.NaN, 1}), 1);
        assertThat(weights.get(0)).isNaN();
        assertThat(weights.get(1)).isLessThan(1);
    }

    @Test
    void laterStepsDoNotChangeAState() {
        Optimizer optimizer = SPECS.get("adam").create(1);
        optimizer.step(FloatBuffer.wrap(new float[] {1}), FloatBuffer.wrap(new float[] {1}), 1);
        OptimizerState state = optimizer.state();
        float before = state.slots().get("exp_avg")[0];
        optimizer.step(FloatBuffer.wrap(new float[] {1}), FloatBuffer.wrap(new float[] {5}), 1);
        assertThat(state.slots().get("exp_avg")[0]).isEqualTo(before);
        assertThat(state.steps()).isEqualTo(1);
        assertThat(state).isNotEqualTo(optimizer.state());
    }

    @Test
    void learningRateOfTheStepIsTheOneLastSet() {
        FloatBuffer weights = FloatBuffer.wrap(new float[] {1});
        FloatBuffer gradients = FloatBuffer.wrap(new float[] {1});
        Optimizer optimizer = new Sgd(0.5, 0, false, 0).create(1);
        assertThat(optimizer.learningRate()).isEqualTo(0.5);
        optimizer.step(weights, gradients, 1);
        assertThat(weights.get(0)).isEqualTo(0.5f);
        optimizer.learningRate(0);
        optimizer.step(weights, gradients, 1);
        assertThat(weights.get(0)).isEqualTo(0.5f);
        optimizer.learningRate(0.25);
        optimizer.step(weights, gradients, 1);
        assertThat(weights.get(0)).isEqualTo(0.25f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void learningRateOutOfRangeIsRefused(double value) {
        Optimizer optimizer = SPECS.get("adam").create(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.learningRate(value))
                .withMessage("Invalid learningRate: " + value + " (must be a finite number >= 0)");
        assertThat(optimizer.learningRate()).isEqualTo(0.001);
    }

    @Test
    void scaleOfAnEmptyStepIsRefusedAndChangesNothing() {
        Optimizer optimizer = SPECS.get("adam").create(1);
        FloatBuffer weights = FloatBuffer.wrap(new float[] {1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.step(weights, FloatBuffer.wrap(new float[] {1}), 1 / 0f))
                .withMessage("Invalid gradientScale: Infinity (must be a finite number >= 0)");
        assertThat(weights.get(0)).isEqualTo(1);
        assertThat(optimizer.steps()).isZero();
    }

    @Test
    void buffersOfAnotherSizeAreRefused() {
        Optimizer optimizer = SPECS.get("adam").create(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.step(direct(2), direct(3), 1))
                .withMessage("Cannot step optimizer: weights have another size (2, expected 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.step(direct(3), direct(4), 1))
                .withMessage("Cannot step optimizer: gradients have another size (4, expected 3)");
    }

    @Test
    void stateOfAnotherOptimizerIsRefused() {
        Optimizer adam = SPECS.get("adam").create(3);
        OptimizerState state = SPECS.get("sgd-momentum").create(3).state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam.restore(state))
                .withMessage("Cannot restore optimizer: state has other slots ([momentum_buffer], expected"
                        + " [exp_avg, exp_avg_sq]); use the optimizer that the state was saved by");
    }

    @Test
    void stateOfAnotherSizeIsRefusedAndChangesNothing() {
        Optimizer adam = SPECS.get("adam").create(2);
        OptimizerState state =
                new OptimizerState(5, Map.of("exp_avg", new float[] {7, 7}, "exp_avg_sq", new float[] {7, 7, 7}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam.restore(state))
                .withMessage("Cannot restore optimizer: slot exp_avg_sq has another size (3, expected 2);"
                        + " use the model that the state was saved with");
        assertThat(adam.state()).isEqualTo(SPECS.get("adam").create(2).state());
    }

    @Test
    void negativeSizesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPECS.get("sgd").create(-1))
                .withMessage("Invalid parameters: -1 (must be >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimizerState(-1, Map.of()))
                .withMessage("Invalid steps: -1 (must be >= 0)");
    }
}
