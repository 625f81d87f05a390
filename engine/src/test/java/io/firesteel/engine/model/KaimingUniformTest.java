package io.firesteel.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KaimingUniformTest {
    private static final TensorSpec LABEL = new TensorSpec("label", ElementType.INT64, List.of());

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @Test
    void firstWeightsAreThoseOfTheGeneratorInThePaper() {
        for (JsonElement element : Facts.json("first-weights.json").getAsJsonArray("cases")) {
            JsonObject drawn = element.getAsJsonObject();
            try (Network network = mlp(3, List.of(4), 2, drawn.get("seed").getAsLong())) {
                assertThat(weights(network, drawn.get("name").getAsString()))
                        .as("%s", drawn)
                        .isEqualTo(Facts.floats(drawn.getAsJsonArray("values")));
            }
        }
    }

    @Test
    void weightsAndBiasesFillTheBoundOfTheirLayerEvenly() {
        Map<String, Integer> fanIn =
                Map.of("1.weight", 64, "1.bias", 64, "3.weight", 400, "3.bias", 400, "5.weight", 300, "5.bias", 300);
        try (Network network = mlp(64, List.of(400, 300), 200, 5)) {
            fanIn.forEach((name, inputs) -> assertFillsEvenly(weights(network, name), 1 / Math.sqrt(inputs)));
        }
    }

    @Test
    void fanInOfAConvolutionIsItsChannelsTimesItsKernel() {
        TensorSpec image = new TensorSpec("image", ElementType.FLOAT32, List.of(1, 28, 28));
        try (Network network = Network.create(new LeNet(10), List.of(image), LABEL, 5, Device.cpu(), 0)) {
            assertFillsEvenly(weights(network, "0.weight"), 1 / Math.sqrt(1 * 5 * 5));
            assertFillsEvenly(weights(network, "3.weight"), 1 / Math.sqrt(6 * 5 * 5));
            assertFillsEvenly(weights(network, "7.weight"), 1 / Math.sqrt(16 * 5 * 5));
        }
    }

    @Test
    void layersOfEqualShapeGetDifferentWeights() {
        try (Network network = mlp(16, List.of(16, 16), 16, 5)) {
            assertThat(weights(network, "1.weight"))
                    .isNotEqualTo(weights(network, "3.weight"))
                    .isNotEqualTo(weights(network, "5.weight"));
            assertThat(weights(network, "1.bias")).isNotEqualTo(weights(network, "3.bias"));
        }
    }

    @Test
    void gapsBetweenParametersStayZero() {
        try (Network network = mlp(3, List.of(5), 2, 5)) {
            FloatBuffer all = network.weights();
            network.layout().entries().forEach(entry -> {
                for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
                    all.put(i, 0);
                }
            });
            while (all.hasRemaining()) {
                assertThat(all.get()).isZero();
            }
        }
    }

    /** Within the bound and near it, with the mean and the deviation of a uniform distribution, to four standard errors. */
    private static void assertFillsEvenly(float[] values, double bound) {
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
            largest = Math.max(largest, Math.abs(value));
        }
        double n = values.length;
        double variance = bound * bound / 3;
        assertThat(largest).isBetween(bound * (1 - 10 / n), bound);
        assertThat(sum / n).isCloseTo(0, within(4 * Math.sqrt(variance / n)));
        // The square of a uniform value has the standard deviation bound² · √(4/45).
        assertThat(squares / n).isCloseTo(variance, within(4 * bound * bound * Math.sqrt(4.0 / 45 / n)));
    }

    private static float[] weights(Network network, String name) {
        ParameterLayout.Entry entry = network.layout().byName().get(name);
        float[] values = new float[entry.length()];
        network.weights().get(entry.offset(), values);
        return values;
    }

    private static Network mlp(int inputs, List<Integer> hidden, int outputs, long seed) {
        TensorSpec input = new TensorSpec("x", ElementType.FLOAT32, List.of(inputs));
        Mlp spec = new Mlp(hidden, outputs, Activation.RELU);
        return Network.create(spec, List.of(input), LABEL, seed, Device.cpu(), 0);
    }
}
