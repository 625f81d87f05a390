package io.firesteel.spark.predict;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.ParameterLayout;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.config.FeatureColumns;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.LabelConfig;
import io.firesteel.spark.config.ModelConfig;
import io.firesteel.spark.config.WeightConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Models of one layer whose outputs can be computed by hand: logits or values are W x + b of two inputs. */
final class LinearModels {
    /** Logits (a, b, 0.5 - a - b). */
    static final float[] THREE_CLASSES = {1, 0, 0, 1, -1, -1, 0, 0, 0.5f};

    private LinearModels() {}

    static LoadedModel classes() {
        return of(LossFunction.CROSS_ENTROPY, Map.of(), columns("a", "b"), 3, THREE_CLASSES);
    }

    /** The value a + 2 b + 3. */
    static LoadedModel regression(LossFunction loss) {
        return of(loss, Map.of(), columns("a", "b"), 1, 1, 2, 3);
    }

    static FeatureConfig columns(String... names) {
        return feature(new FeatureColumns.Scalars(List.of(names)), 1);
    }

    static FeatureConfig column(String name, double scale) {
        return feature(new FeatureColumns.Whole(name), scale);
    }

    private static FeatureConfig feature(FeatureColumns columns, double scale) {
        return new FeatureConfig("x", columns, Optional.of(List.of(2)), ElementType.FLOAT32, scale, 0);
    }

    /** @param weights W row by row, then b */
    static LoadedModel of(
            LossFunction loss, Map<String, String> derive, FeatureConfig feature, int outputs, float... weights) {
        return of(loss, derive, feature, outputs, Optional.empty(), weights);
    }

    static LoadedModel of(
            LossFunction loss,
            Map<String, String> derive,
            FeatureConfig feature,
            int outputs,
            Optional<WeightConfig> weight,
            float... weights) {
        boolean classes = loss == LossFunction.CROSS_ENTROPY;
        LabelConfig label = new LabelConfig(
                classes || outputs == 1
                        ? List.of("y")
                        : IntStream.range(0, outputs).mapToObj(i -> "y" + i).toList(),
                classes ? ElementType.INT64 : ElementType.FLOAT32);
        ModelConfig config = new ModelConfig(
                "hand", derive, List.of(feature), label, weight, new Linear(outputs), loss, List.of("loss"));
        return LoadedModel.of("memory:hand", config, bytes(config, weights));
    }

    static byte[] bytes(ModelConfig config, float... weights) {
        Torch.start(1);
        TensorSpec input = new TensorSpec("x", ElementType.FLOAT32, List.of(2));
        try (Network network =
                Network.create(config.model(), List.of(input), config.labelTensor(), 1, Device.cpu(), 0)) {
            int from = 0;
            for (ParameterLayout.Entry entry : network.layout().entries()) {
                network.weights().put(entry.offset(), weights, from, entry.length());
                from += entry.length();
            }
            return WeightFile.of(network).toBytes();
        }
    }
}
