package io.firesteel.engine.optim;

import static io.firesteel.engine.optim.Optimizers.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.Pace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizationTest {
    private static final int FACT_PARAMETERS = 200;
    private static final List<ParameterSegment> FACT_SEGMENTS =
            List.of(new ParameterSegment("0.weight", 0, 120), new ParameterSegment("0.bias", 120, 80));
    private static final Map<String, Clipping> CLIPPINGS = Map.of(
            "none", Clipping.none(),
            "value", Clipping.byValue(0.25),
            "norm", Clipping.byNorm(0.5),
            "large-norm", Clipping.byNorm(1e6));
    private static final OptimizerSpec PLAIN = new Sgd(1, 0, false, 0);
    private static final List<ParameterSegment> TWO =
            List.of(new ParameterSegment("0.weight", 0, 2), new ParameterSegment("0.bias", 2, 2));

    static Stream<JsonObject> groupFacts() {
        return Facts.json("optim-groups.json").getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject);
    }

    @ParameterizedTest
    @MethodSource("groupFacts")
    void groupsAndClippingEqualPyTorchs(JsonObject fact) {
        Clipping clipping = CLIPPINGS.get(fact.get("clipping").getAsString());
        List<ParameterGroup> groups = List.of(new ParameterGroup("*.bias", 0.003, 0));
        OptimizerSpec adamW = new AdamW(0.001, 0.9, 0.999, 1e-8, 0.1);
        Optimizer optimizer = new Optimization(adamW, groups, clipping, false)
                .create(FACT_SEGMENTS, 0, FACT_PARAMETERS, BlockSums.whole());
        FloatBuffer weights = OptimizerTest.factWeights();
        for (int step = 1; step <= 100; step++) {
            optimizer.step(weights, OptimizerTest.factGradients(step), OptimizerTest.FACT_SCALE);
        }
        float[] expected = Facts.floats(fact.getAsJsonArray("weights"));
        for (int i = 0; i < FACT_PARAMETERS; i++) {
            double tolerance = 1e-6 * Math.max(1, Math.abs(expected[i]));
            assertThat((double) weights.get(i)).as("element %d", i).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }

    @Test
    void normBelowTheLimitLeavesTheBits() {
        FloatBuffer clipped = OptimizerTest.factWeights();
        FloatBuffer free = OptimizerTest.factWeights();
        Optimizer clipping = new Optimization(PLAIN, List.of(), Clipping.byNorm(1e9), false)
                .create(FACT_SEGMENTS, 0, FACT_PARAMETERS, BlockSums.whole());
        clipping.step(clipped, OptimizerTest.factGradients(1), OptimizerTest.FACT_SCALE);
        PLAIN.create(FACT_PARAMETERS).step(free, OptimizerTest.factGradients(1), OptimizerTest.FACT_SCALE);
        assertThat(array(clipped)).isEqualTo(array(free));
    }

    @Test
    void valuesAreClippedAfterScaling() {
        assertThat(stepFromZero(Clipping.byValue(1), 0.5f, 4, -4, 1, Float.NEGATIVE_INFINITY))
                .containsExactly(-1, 1, -0.5f, 1);
    }

    @Test
    void oneNotANumberStaysAloneUnderClippingByValue() {
        assertThat(stepFromZero(Clipping.byValue(1), 1, Float.NaN, 0.5f, 0, 0)).containsExactly(Float.NaN, -0.5f, 0, 0);
    }

    @Test
    void oneNotANumberReachesAllUnderClippingByNorm() {
        assertThat(stepFromZero(Clipping.byNorm(1), 1, Float.NaN, 0.5f, 0, 0)).containsOnly(Float.NaN);
    }

    @Test
    void infiniteGradientBecomesNotANumberUnderClippingByNorm() {
        assertThat(stepFromZero(Clipping.byNorm(1), 1, Float.POSITIVE_INFINITY, 0.5f, 0, 0))
                .containsExactly(Float.NaN, 0, 0, 0);
    }

    private static float[] stepFromZero(Clipping clipping, float scale, float... gradients) {
        FloatBuffer weights = Optimizers.direct(4);
        new Optimization(PLAIN, List.of(), clipping, false)
                .create(TWO, 0, 4, BlockSums.whole())
                .step(weights, FloatBuffer.wrap(gradients), scale);
        float[] values = array(weights);
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f;
        }
        return values;
    }

    @Test
    void firstGroupThatFitsWins() {
        List<ParameterGroup> groups = List.of(new ParameterGroup("0.b?as", 0.5, 0), new ParameterGroup("*", 0.25, 0));
        FloatBuffer weights = Optimizers.direct(4);
        new Optimization(PLAIN, groups, Clipping.none(), false)
                .create(TWO, 0, 4, BlockSums.whole())
                .step(weights, FloatBuffer.wrap(new float[] {1, 1, 1, 1}), 1);
        assertThat(array(weights)).containsExactly(-0.25f, -0.25f, -0.5f, -0.5f);
    }

    @Test
    void scheduleChangesTheRatesOfGroupsInProportion() {
        List<ParameterGroup> groups = List.of(new ParameterGroup("*.bias", 0.5, 0));
        FloatBuffer weights = Optimizers.direct(4);
        Optimizer optimizer =
                new Optimization(PLAIN, groups, Clipping.none(), false).create(TWO, 0, 4, BlockSums.whole());
        optimizer.learningRate(0.25);
        optimizer.step(weights, FloatBuffer.wrap(new float[] {1, 1, 1, 1}), 1);
        assertThat(array(weights)).containsExactly(-0.25f, -0.25f, -0.125f, -0.125f);
    }

    @Test
    void rateOfZeroFreezesAGroup() {
        List<ParameterGroup> groups = List.of(new ParameterGroup("0.weight", 0, 0.1));
        for (OptimizerSpec spec : Optimizers.SPECS.values()) {
            FloatBuffer weights = FloatBuffer.wrap(new float[] {1, 2, 1, 2});
            Optimizer optimizer =
                    new Optimization(spec, groups, Clipping.none(), false).create(TWO, 0, 4, BlockSums.whole());
            for (int i = 0; i < 3; i++) {
                optimizer.step(weights, FloatBuffer.wrap(new float[] {1, -1, 1, -1}), 1);
            }
            assertThat(weights.get(0)).as("%s", spec).isEqualTo(1);
            assertThat(weights.get(1)).as("%s", spec).isEqualTo(2);
            assertThat(weights.get(2)).as("%s", spec).isNotEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.bia", "bias", "0.bias?", "0(bias", "\\E*"})
    void groupThatFitsNoParameterIsRefused(String pattern) {
        Optimization optimization =
                new Optimization(PLAIN, List.of(new ParameterGroup(pattern, 1, 0)), Clipping.none(), false);
        String message = "Cannot group parameters: none is called " + pattern
                + " (expected a name or pattern out of 0.weight, 0.bias)";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimization.create(TWO, 0, 4, BlockSums.whole()))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimization.check(List.of("0.weight", "0.bias")))
                .withMessage(message);
    }

    @Test
    void sliceThatDoesNotEndBetweenBlocksIsRefused() {
        List<ParameterSegment> segments = List.of(new ParameterSegment("0.weight", 0, 9000));
        for (int[] bounds : new int[][] {{1, 9000}, {0, 4097}, {4096, 8999}, {8192, 4096}, {-4096, 4096}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Optimization.of(PLAIN).create(segments, bounds[0], bounds[1], BlockSums.whole()))
                    .withMessage("Cannot own a slice of the parameters: it reaches from " + bounds[0] + " to "
                            + bounds[1] + " (expected multiples of 4096, or an end from 9000 on)");
        }
        assertThat(Optimization.of(PLAIN)
                        .create(segments, 8192, 9008, BlockSums.whole())
                        .parameters())
                .isEqualTo(816);
        assertThat(Optimization.of(PLAIN)
                        .create(segments, 9008, 9008, BlockSums.whole())
                        .parameters())
                .isZero();
    }

    @Test
    void segmentsThatOverlapAreRefused() {
        List<ParameterSegment> segments =
                List.of(new ParameterSegment("0.weight", 0, 9), new ParameterSegment("0.bias", 8, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimization.of(PLAIN).create(segments, 0, 16, BlockSums.whole()))
                .withMessage(
                        "Cannot lay out parameters: ParameterSegment[name=0.bias, offset=8, length=1] begins before the"
                                + " end of ParameterSegment[name=0.weight, offset=0, length=9]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParameterSegment("0.bias", -1, 1))
                .withMessage("Invalid segment of 0.bias: 1 floats from -1 (both must be >= 0)");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertRefused(() -> Clipping.byNorm(0), "Invalid clip: 0.0 (must be a finite number > 0)");
        assertRefused(() -> Clipping.byValue(Double.NaN), "Invalid clip: NaN (must be a finite number > 0)");
        assertRefused(
                () -> new ParameterGroup("", 1, 0),
                "Invalid parameters: empty (must be a name or pattern, such as *.bias)");
        assertRefused(
                () -> new ParameterGroup("a", -1, 0), "Invalid learningRate: -1.0 (must be a finite number >= 0)");
        assertRefused(() -> new ParameterGroup("a", 1, -1), "Invalid weightDecay: -1.0 (must be a finite number >= 0)");
        assertRefused(() -> new Sgd(1, 0.9, 1.5, false, 0), "Invalid dampening: 1.5 (must be in [0, 1])");
        assertRefused(() -> new Sgd(1, 0.9, 0.5, true, 0), "Invalid dampening: 0.5 (must be 0 with nesterov)");
        assertRefused(() -> new Sgd(1, 0, true, 0), "Invalid momentum: 0.0 (must be > 0 with nesterov)");
        assertRefused(() -> new RmsProp(1, 1, 1e-8, 0, false, 0), "Invalid alpha: 1.0 (must be in [0, 1))");
        assertRefused(() -> new Adadelta(1, 0.9, 0, 0), "Invalid epsilon: 0.0 (must be a finite number > 0)");
        assertRefused(() -> new Lion(0, 0.9, 0.99, 0), "Invalid learningRate: 0.0 (must be a finite number > 0)");
        assertRefused(() -> new Lars(1, 0.9, 0, 0), "Invalid trustCoefficient: 0.0 (must be a finite number > 0)");
        assertRefused(
                () -> new Adagrad(1, 0, -1, 1e-8, 0),
                "Invalid initialAccumulator: -1.0 (must be a finite number >= 0)");
        assertRefused(() -> new Lamb(1, 0.9, 1, 1e-8, 0), "Invalid beta2: 1.0 (must be in [0, 1))");
    }

    private static void assertRefused(Runnable creation, String message) {
        assertThatIllegalArgumentException().isThrownBy(creation::run).withMessage(message);
    }

    @Test
    void optimizationCrossesJavaSerialization() throws IOException, ClassNotFoundException {
        for (OptimizerSpec spec : Optimizers.SPECS.values()) {
            HyperparameterSchedule line =
                    HyperparameterSchedule.of(Tunable.LEARNING_RATE, Pace.EPOCH, new LinearSchedule(1, 0, 9));
            List<ParameterGroup> groups = List.of(new ParameterGroup("*", 1, 0));
            Optimization optimization = new Optimization(spec, groups, Clipping.byNorm(2), List.of(line), true);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(optimization);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(optimization);
            }
        }
    }
}
