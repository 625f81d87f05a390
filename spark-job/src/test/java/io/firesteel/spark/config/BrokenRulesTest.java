package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are right alone and wrong together, or wrong for the kind of section that they stand in. */
class BrokenRulesTest {
    private static final String DATA = "data: {format: csv, path: digits.csv}";
    private static final String FEATURE = "  - {column: pixels}";
    private static final String LABEL = "label: {column: label, type: int64}";
    private static final String MODEL = "model: {type: linear, outputs: 10}";
    private static final String LOSS = "loss: crossEntropy";
    private static final String OPTIMIZER = "optimizer: {type: sgd}";
    private static final String TRAIN = "train: {epochs: 1}";

    @ParameterizedTest(name = "{index}")
    @MethodSource({"models", "sources", "rules", "substitutions"})
    void lineIsRefused(String line, String replacement, String message) {
        assertThatThrownBy(() -> Jobs.parseWith(line, replacement))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> models() {
        return Stream.of(
                arguments(MODEL, "model: {outputs: 10}", "job.yaml:6: model: Missing key (must have type or class)"),
                arguments(
                        MODEL,
                        "model: {type: linear, class: a.B, outputs: 10}",
                        "job.yaml:6: model.class: Cannot stand beside type (must be one of both)"),
                arguments(
                        MODEL,
                        "model: {type: mlp, outputs: 10}",
                        "job.yaml:6: model.hidden: Missing key (must be a list of whole numbers >= 1)"),
                arguments(
                        MODEL,
                        "model: {type: linear, hidden: [3], outputs: 10}",
                        "job.yaml:6: model.hidden: Unknown key with type linear (known: type, outputs)"),
                arguments(
                        MODEL,
                        "model: {type: mpl, outputs: 10}",
                        "job.yaml:6: model.type: Invalid value: \"mpl\" (must be one of: mlp, lenet, linear; did you mean 'mlp'?)"),
                arguments(
                        MODEL,
                        "model: {class: a-b}",
                        "job.yaml:6: model.class: Invalid value: \"a-b\" (must be the full name of a class)"),
                arguments(
                        MODEL,
                        "model: {class: a.B, options: {k: [1]}}",
                        "job.yaml:6: model.options.k: Invalid value: a list (must be a string, a number, true or false)"));
    }

    static Stream<Arguments> sources() {
        return Stream.of(
                arguments(
                        DATA,
                        "data: {format: csv}",
                        "job.yaml:2: data.path: Missing key (must be a string or a list of strings with format csv)"),
                arguments(
                        DATA,
                        "data: {path: digits.csv}",
                        "job.yaml:2: data.format: Missing key (must be a string that isn't empty)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: []}",
                        "job.yaml:2: data.path: Invalid value: an empty list (must be a list of strings, at least 1)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: {a: b}}",
                        "job.yaml:2: data.path: Invalid value: a mapping (must be a string or a list of strings)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: [a, 3]}",
                        "job.yaml:2: data.path.1: Invalid value: 3 (must be a string that isn't empty; put it in quotes)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: a, options: [header]}",
                        "job.yaml:2: data.options: Invalid value: a list (must be a mapping of option names to strings, numbers, true or false)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: a, options: {header: }}",
                        "job.yaml:2: data.options.header: Missing value (must be a string, a number, true or false)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: a, validation: {}}",
                        "job.yaml:2: data.validation: Missing key (must have fraction or path)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: a, validation: {fraction: 1}}",
                        "job.yaml:2: data.validation.fraction: Invalid value: 1 (must be a number > 0 and < 1)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: a, validation: {fraction: 0.5, path: b}}",
                        "job.yaml:2: data.validation.path: Cannot stand beside fraction (must be one of both)"),
                arguments(
                        DATA,
                        "data: {format: csv, path: a, validation: {where: a > 3}}",
                        "job.yaml:2: data.validation.path: Missing key (must be a string or a list of strings with format csv)"));
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                arguments(
                        LABEL,
                        "label: {column: label, type: float32}",
                        "job.yaml:5: label.type: Invalid value: float32 (must be int64 with loss crossEntropy)"),
                arguments(
                        LABEL,
                        "label: {columns: [a, b], type: int64}",
                        "job.yaml:5: label.columns: Invalid value: [a, b] (must be one column with loss crossEntropy)"),
                arguments(
                        LOSS,
                        "loss: mse",
                        "job.yaml:5: label.type: Invalid value: int64 (must be float32 with loss mse)"),
                arguments(
                        LABEL + "\n" + MODEL + "\n" + LOSS,
                        LABEL.replace("int64", "float32") + "\n" + MODEL + "\nloss: mse\nmetrics:\n  - accuracy",
                        "job.yaml:9: metrics.0: Invalid value: accuracy (must be with loss crossEntropy or binaryCrossEntropy, not mse)"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: [loss, loss]",
                        "job.yaml:8: metrics.1: Invalid metrics: loss is there twice (must be named once, or another=loss)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, shards: 2, replicas: 4}",
                        "job.yaml:9: train.replicas: Invalid value: 4 (must be <= shards, 2)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, exchange: {precision: float16, compression: {type: powerSgd}}}",
                        "job.yaml:9: train.exchange.precision: Invalid value: float16 (must be float32 with compression, whose factors are)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, exchange: {compression: {type: powerSgd, rank: 300}}}",
                        "job.yaml:9: train.exchange.compression: Invalid rank: 300 (must be in [1, 256])"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, exchange: {precision: bfloat16}, sync: {every: 4}}",
                        "job.yaml:9: train.exchange: Invalid value: 16 bits or compression (must be float32 with sync: no gradients travel then)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, sync: {outer: {momentum: 0}}}",
                        "job.yaml:9: train.sync.outer: Invalid momentum: 0.0 (must be > 0 with nesterov)"),
                arguments(
                        OPTIMIZER + "\n" + TRAIN,
                        "optimizer: {type: sgd, sharded: true}\ntrain: {epochs: 1, sync: {every: 4}}",
                        "job.yaml:8: optimizer.sharded: Invalid value: true (must be false with train.sync or train.exchange.compression)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, nesterov: true}",
                        "job.yaml:8: optimizer: Invalid momentum: 0.0 (must be > 0 with nesterov)"),
                arguments(
                        FEATURE,
                        "  - {columns: [a, b, c], shape: [2, 2]}",
                        "job.yaml:4: features.0.shape: Invalid value: [2, 2] of 4 values (must hold 3, one for each column)"),
                arguments(
                        FEATURE,
                        "  - {columns: [a], shape: [2]}",
                        "job.yaml:4: features.0.shape: Invalid value: [2] of 2 values (must hold 1, one for each column)"),
                arguments(
                        FEATURE,
                        "  - {column: a, shape: [65536, 65536]}",
                        "job.yaml:4: features.0.shape: Invalid value: [65536, 65536] (must hold at most 2147483647 values)"),
                arguments(
                        FEATURE,
                        FEATURE + "\n  - column: b\n    name: input0",
                        "job.yaml:6: features.1.name: Invalid value: input0 (must differ from the name of features.0)"));
    }

    static Stream<Arguments> substitutions() {
        return Stream.of(
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, learningRate: \"${env.NONE}\"}",
                        "job.yaml:8: optimizer.learningRate: Cannot substitute ${env.NONE}: the environment has no variable NONE"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, learningRate: \"${env.WORD}\"}",
                        "job.yaml:8: optimizer.learningRate: Invalid value: fast, from ${env.WORD} (must be a finite number > 0)"),
                arguments(
                        LOSS,
                        LOSS + "\noutput: ${cmd}/runs",
                        "job.yaml:8: output: Cannot substitute ${cmd}: unknown name (must be one of: env.NAME, cwd, run.date; '$${' stands for a literal '${')"),
                arguments(
                        LOSS,
                        LOSS + "\noutput: ${cwd/runs",
                        "job.yaml:8: output: Cannot substitute ${cwd/runs: '}' is missing ('$${' stands for a literal '${')"));
    }
}
