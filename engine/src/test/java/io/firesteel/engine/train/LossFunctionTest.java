package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.model.Torch;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LossFunctionTest {
    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    static Stream<JsonObject> extremeCases() {
        List<JsonElement> cases =
                Facts.json("losses.json").getAsJsonArray("cases").asList();
        return cases.stream().map(JsonElement::getAsJsonObject);
    }

    @ParameterizedTest
    @MethodSource("extremeCases")
    void lossesOfExtremeLogitsAreThoseOfPyTorchInDoublePrecision(JsonObject facts) {
        LossFunction loss = lossOf(facts);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray losses = loss.perRow(logits(manager, facts), labels(manager, facts));
            // A logarithm of a softmax is exact to the last bit of 1, not of itself, in PyTorch's float64 too.
            double absolute = loss == LossFunction.CROSS_ENTROPY ? Math.ulp(1f) : 1e-12;
            assertClose(losses.toFloatArray(), facts.getAsJsonArray("losses"), absolute);
        }
    }

    @ParameterizedTest
    @MethodSource("extremeCases")
    void derivativesAtExtremeLogitsAreThoseOfPyTorchInDoublePrecision(JsonObject facts) {
        LossFunction loss = lossOf(facts);
        Torch.recordGradients(true);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray logits = logits(manager, facts);
            logits.setRequiresGradient(true);
            NDArray losses = loss.perRow(logits, labels(manager, facts));
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                collector.backward(losses.sum());
            }
            float[] derivatives = logits.getGradient().toFloatArray();
            JsonArray expected = facts.getAsJsonArray("derivatives");
            for (int i = 0; i < derivatives.length; i++) {
                assertThat((double) derivatives[i])
                        .as("derivative %d of %s", i, facts)
                        .isCloseTo(expected.get(i).getAsDouble(), within(1e-6));
            }
        }
    }

    @Test
    void lossOfSeveralColumnsIsTheirMean() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray predictions = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
            NDArray targets = manager.create(new float[] {1, 0, 6, 4, 5, 9}, new Shape(2, 3));
            assertThat(LossFunction.MSE.perRow(predictions, targets).toFloatArray())
                    .containsExactly(13 / 3f, 3);
            assertThat(LossFunction.L1.perRow(predictions, targets).toFloatArray())
                    .containsExactly(5 / 3f, 1);
        }
    }

    @Test
    void targetsMayLackTheAxisOfASingleColumn() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray predictions = manager.create(new float[] {1, 2}, new Shape(2, 1));
            NDArray targets = manager.create(new float[] {3, -1});
            assertThat(LossFunction.L1.perRow(predictions, targets).toFloatArray())
                    .containsExactly(2, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void labelIsTheConstantsNameAsJobFilesSpellIt(LossFunction loss) {
        String spelt = loss.label().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        assertThat(spelt).isEqualTo(loss.name());
        assertThat(loss.labelType() == ElementType.INT64).isEqualTo(loss == LossFunction.CROSS_ENTROPY);
    }

    private static LossFunction lossOf(JsonObject facts) {
        return Stream.of(LossFunction.values())
                .filter(loss -> loss.label().equals(facts.get("loss").getAsString()))
                .findFirst()
                .orElseThrow();
    }

    private static NDArray logits(NDManager manager, JsonObject facts) {
        float[] values = Facts.floats(facts.getAsJsonArray("logits"));
        int columns = facts.get("columns").getAsInt();
        return manager.create(values, new Shape(values.length / columns, columns));
    }

    private static NDArray labels(NDManager manager, JsonObject facts) {
        if (facts.has("targets")) {
            return manager.create(Facts.floats(facts.getAsJsonArray("targets")));
        }
        return manager.create(facts.getAsJsonArray("classes").asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray());
    }

    private static void assertClose(float[] actual, JsonArray expected, double absolute) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            double value = expected.get(i).getAsDouble();
            assertThat((double) actual[i]).as("loss %d", i).isCloseTo(value, within(1e-6 * Math.abs(value) + absolute));
        }
    }
}
