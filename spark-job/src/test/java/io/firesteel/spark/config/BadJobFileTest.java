package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to get a job file wrong, with the message that it gives. */
class BadJobFileTest {
    private static final String FEATURE = "  - {column: pixels}";
    private static final String LABEL = "label: {column: label, type: int64}";
    private static final String LOSS = "loss: crossEntropy";
    private static final String OPTIMIZER = "optimizer: {type: sgd}";
    private static final String TRAIN = "train: {epochs: 1}";

    @ParameterizedTest(name = "{index}")
    @MethodSource({"values", "keys"})
    void lineIsRefused(String line, String replacement, String message) {
        assertThat(messageOf(Jobs.with(line, replacement))).isEqualTo(message);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("files")
    void fileIsRefused(String text, String message) {
        assertThat(messageOf(text)).isEqualTo(message);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(
                        TRAIN,
                        "train: {epochs: 0}",
                        "job.yaml:9: train.epochs: Invalid value: 0 (must be a whole number >= 1)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1.5}",
                        "job.yaml:9: train.epochs: Invalid value: 1.5 (must be a whole number >= 1)"),
                arguments(
                        TRAIN,
                        "train: {epochs: \"3\"}",
                        "job.yaml:9: train.epochs: Invalid value: \"3\" (must be a whole number >= 1; take off the quotes)"),
                arguments(
                        TRAIN,
                        "train: {epochs: many}",
                        "job.yaml:9: train.epochs: Invalid value: \"many\" (must be a whole number >= 1)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 3000000000}",
                        "job.yaml:9: train.epochs: Invalid value: 3000000000 (must be a whole number >= 1; at most 2147483647)"),
                arguments(
                        TRAIN,
                        "train: {epochs: [3]}",
                        "job.yaml:9: train.epochs: Invalid value: a list (must be a whole number >= 1)"),
                arguments(
                        TRAIN,
                        "train: {epochs: }",
                        "job.yaml:9: train.epochs: Missing value (must be a whole number >= 1)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, communicationTimeout: 0}",
                        "job.yaml:9: train.communicationTimeout: Invalid value: 0 (must be a number of seconds > 0 and <= 86400)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, communicationTimeout: 1e300}",
                        "job.yaml:9: train.communicationTimeout: Invalid value: 1e300 (must be a number of seconds > 0 and <= 86400)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, device: gpus}",
                        "job.yaml:9: train.device: Invalid value: \"gpus\" (must be one of: auto, cpu, gpu; did you mean 'gpu'?)"),
                arguments(TRAIN, "train: 3", "job.yaml:9: train: Invalid value: 3 (must be a mapping)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, learningRate: -1}",
                        "job.yaml:8: optimizer.learningRate: Invalid value: -1 (must be a finite number > 0)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, learningRate: .inf}",
                        "job.yaml:8: optimizer.learningRate: Invalid value: .inf (must be a finite number > 0)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, momentum: 1}",
                        "job.yaml:8: optimizer.momentum: Invalid value: 1 (must be a number >= 0 and < 1)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, nesterov: yes}",
                        "job.yaml:8: optimizer.nesterov: Invalid value: \"yes\" (must be true or false)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: adm}",
                        "job.yaml:8: optimizer.type: Invalid value: \"adm\" (must be one of: sgd, adam, adamw, rmsprop, adagrad, adadelta, nadam, radam, lion, lamb, lars; did you mean 'adam'?)"),
                arguments(
                        LOSS,
                        "loss: crossentropy",
                        "job.yaml:7: loss: Invalid value: \"crossentropy\" (must be one of: crossEntropy, binaryCrossEntropy, mse, l1; did you mean 'crossEntropy'?)"),
                arguments(
                        LOSS,
                        "loss: 3",
                        "job.yaml:7: loss: Invalid value: 3 (must be one of: crossEntropy, binaryCrossEntropy, mse, l1)"),
                arguments(
                        "name: digits",
                        "name: 2026",
                        "job.yaml:1: name: Invalid value: 2026 (must be a name of letters, digits, '.', '_' and '-' that doesn't start with '.'; put it in quotes)"),
                arguments(
                        "name: digits",
                        "name: .hidden",
                        "job.yaml:1: name: Invalid value: \".hidden\" (must be a name of letters, digits, '.', '_' and '-' that doesn't start with '.')"),
                arguments(
                        "name: digits",
                        "name: a/b",
                        "job.yaml:1: name: Invalid value: \"a/b\" (must be a name of letters, digits, '.', '_' and '-' that doesn't start with '.')"),
                arguments(
                        "name: digits",
                        "name: digits\nseed: 9223372036854775808",
                        "job.yaml:2: seed: Invalid value: 9223372036854775808 (must be a whole number of 64 bits)"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: [loss, acuracy]",
                        "job.yaml:8: metrics.1: Unknown metric: acuracy (did you mean 'accuracy'?)"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: [loss, f=2*accuracy+]",
                        "job.yaml:8: metrics.1: Invalid metric: 2*accuracy+ (must have a number, a metric or '(' at character 12, not the end)"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: [{loss: {k: 3}}]",
                        "job.yaml:8: metrics.0: Cannot set metric loss: unknown parameter (k, expected one of [])"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: [{loss: 3}]",
                        "job.yaml:8: metrics.0.loss: Invalid value: 3 (must be a mapping of option names to strings, numbers, true or false)"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: [[loss]]",
                        "job.yaml:8: metrics.0: Invalid value: a list (must be a metric: its name, a formula, or its name with a mapping of parameters)"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: []",
                        "job.yaml:8: metrics: Invalid value: an empty list (must be a list of metrics, at least 1)"),
                arguments(
                        LOSS,
                        LOSS + "\nmetrics: loss",
                        "job.yaml:8: metrics: Invalid value: \"loss\" (must be a list of metrics, at least 1; put it in brackets)"),
                arguments(LOSS, LOSS + "\ncheckpoint:", "job.yaml:8: checkpoint: Missing value (must be a mapping)"),
                arguments(
                        LOSS,
                        LOSS + "\ncheckpoint: {everyIterations: 10, keep: 0}",
                        "job.yaml:8: checkpoint.keep: Invalid value: 0 (must be a whole number >= 1)"),
                arguments(
                        LOSS,
                        LOSS + "\noutput: \"\"",
                        "job.yaml:8: output: Invalid value: \"\" (must be a string that isn't empty)"),
                arguments(
                        FEATURE,
                        "  - {column: pixels, shape: [8, 0]}",
                        "job.yaml:4: features.0.shape.1: Invalid value: 0 (must be a whole number >= 1)"),
                arguments(
                        FEATURE,
                        "  - {column: pixels, scale: .nan}",
                        "job.yaml:4: features.0.scale: Invalid value: .nan (must be a finite number)"),
                arguments(
                        FEATURE,
                        "  - {columns: p*}",
                        "job.yaml:4: features.0.columns: Invalid value: \"p*\" (must be a list of strings, at least 1; put it in brackets)"),
                arguments(
                        FEATURE,
                        "  - {columns: []}",
                        "job.yaml:4: features.0.columns: Invalid value: an empty list (must be a list of strings, at least 1)"),
                arguments(
                        FEATURE,
                        "  - pixels",
                        "job.yaml:4: features.0: Invalid value: \"pixels\" (must be a mapping)"));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, learning_rate: 1}",
                        "job.yaml:8: optimizer.learning_rate: Unknown key with type sgd (did you mean 'learningRate'?)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, lr: 1}",
                        "job.yaml:8: optimizer.lr: Unknown key with type sgd (did you mean 'learningRate'?)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, beta1: 0.9}",
                        "job.yaml:8: optimizer.beta1: Unknown key with type sgd (known: type, learningRate, momentum, dampening, nesterov, weightDecay, clip, groups, schedule, sharded)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, clip: {}}",
                        "job.yaml:8: optimizer.clip: Missing key (must have norm or value)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, clip: {norm: 1, value: 1}}",
                        "job.yaml:8: optimizer.clip.value: Cannot stand beside norm (must be one of both)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, clip: {norm: 0}}",
                        "job.yaml:8: optimizer.clip.norm: Invalid value: 0 (must be a finite number > 0)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, groups: []}",
                        "job.yaml:8: optimizer.groups: Invalid value: an empty list (must be a list of mappings, at least 1)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, groups: [{weightDecay: 1}]}",
                        "job.yaml:8: optimizer.groups.0.parameters: Missing key (must be a string that isn't empty)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, groups: [{parameters: a, momentum: 1}]}",
                        "job.yaml:8: optimizer.groups.0.momentum: Unknown key (did you mean 'optimizer.momentum'?)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: lars}",
                        "job.yaml:8: optimizer.learningRate: Missing key (must be a finite number > 0)"),
                arguments(
                        OPTIMIZER,
                        "optimizer: {type: sgd, momentum: 0.9, dampening: 1, nesterov: true}",
                        "job.yaml:8: optimizer: Invalid dampening: 1.0 (must be 0 with nesterov)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, batchsize: 8}",
                        "job.yaml:9: train.batchsize: Unknown key (did you mean 'batchSize'?)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, gradientNoise: 8}",
                        "job.yaml:9: train.gradientNoise: Unknown key (known: epochs, batchSize, accumulate, batchRamp, shards, replicas, initialWeights, device, exchange, sync, links, communicationTimeout, startTimeout)"),
                arguments(
                        TRAIN,
                        TRAIN + "\nbatchSize: 8",
                        "job.yaml:10: batchSize: Unknown key (did you mean 'train.batchSize'?)"),
                arguments(
                        TRAIN,
                        "train: {batchSize: 8}",
                        "job.yaml:9: train.epochs: Missing key (must be a whole number >= 1)"),
                arguments(TRAIN, "", "job.yaml:1: train: Missing key (must be a mapping)"),
                arguments(
                        TRAIN,
                        "train: {epochs: 1, epochs: 2}",
                        "job.yaml:9: train.epochs: Duplicate key (first on line 9)"),
                arguments(TRAIN, TRAIN + "\nloss: mse", "job.yaml:10: loss: Duplicate key (first on line 7)"),
                arguments(TRAIN, TRAIN + "\n[a, b]: mse", "job.yaml:10: Invalid key: a collection (must be a name)"),
                arguments(
                        LABEL, "label: {type: int64}", "job.yaml:5: label: Missing key (must have column or columns)"),
                arguments(
                        LABEL,
                        "label: {column: a, columns: [b], type: int64}",
                        "job.yaml:5: label.columns: Cannot stand beside column (must be one of both)"),
                arguments(
                        FEATURE,
                        "  - {shape: [3]}",
                        "job.yaml:4: features.0: Missing key (must have column or columns)"));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("", "job.yaml:1: Invalid job file: it is empty (must be a mapping of keys)"),
                arguments("# nothing\n", "job.yaml:1: Invalid job file: it is empty (must be a mapping of keys)"),
                arguments("---\n...\n", "job.yaml:2: Invalid job file: it is empty (must be a mapping of keys)"),
                arguments("- a\n", "job.yaml:1: Invalid job file: a list (must be a mapping of keys)"),
                arguments("\njust words\n", "job.yaml:2: Invalid job file: \"just words\" (must be a mapping of keys)"),
                arguments(
                        Jobs.MINIMAL + "---\nname: b\n", "job.yaml:11: Invalid YAML: a second document (must be one)"),
                arguments(
                        "name: a\ndata: {format: csv\ntrain: x\n",
                        "job.yaml:3: Invalid YAML at column 6: expected ',' or '}', but got : while parsing a flow mapping"),
                arguments(
                        "name: a\n  seed: 3\n",
                        "job.yaml:2: Invalid YAML at column 7: mapping values are not allowed here"),
                arguments(
                        "data: {path: *.csv}\n",
                        "job.yaml:1: Invalid YAML at column 15: unexpected character found .(46) while scanning an alias (must be in quotes where it starts with * or &)"),
                arguments(
                        "data:\n\tformat: csv\n",
                        "job.yaml:2: Invalid YAML at column 1: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation) while scanning for the next token"),
                arguments("name: \u0000\n", "job.yaml:1: Invalid YAML: special characters are not allowed"),
                arguments(
                        "name: !secret a\n", "job.yaml:1: name: Invalid YAML: tag !secret (must be a plain YAML type)"),
                arguments(
                        "data: &a {validation: *a}\n",
                        "job.yaml:1: data: Invalid YAML: an alias inside of what it stands for"));
    }

    @Test
    void everyProblemIsReportedInOneGoByLine() {
        String text = """
                name: .digits
                seed: x
                dta: {format: csv}
                features:
                  - {column: pixels, typ: float32}
                  - {columns: [a, b], shape: [3]}
                label: {column: label, type: float32}
                model: {type: mlp, hidden: [64, 0], outputs: 0}
                loss: crossEntropy
                optimizer: {type: sgd, learningRate: fast, momentum: 2}
                train: {epochs: 0}
                """;
        assertThat(messageOf(text, "train.batchSize=0")).isEqualTo("""
job.yaml:1: name: Invalid value: ".digits" (must be a name of letters, digits, '.', '_' and '-' that doesn't start with '.')
job.yaml:1: data: Missing key (must be a mapping)
job.yaml:2: seed: Invalid value: "x" (must be a whole number of 64 bits)
job.yaml:3: dta: Unknown key (did you mean 'data'?)
job.yaml:5: features.0.typ: Unknown key (did you mean 'type'?)
job.yaml:6: features.1.shape: Invalid value: [3] of 3 values (must hold 2, one for each column)
job.yaml:7: label.type: Invalid value: float32 (must be int64 with loss crossEntropy)
job.yaml:8: model.hidden.1: Invalid value: 0 (must be a whole number >= 1)
job.yaml:8: model.outputs: Invalid value: 0 (must be a whole number >= 1)
job.yaml:10: optimizer.learningRate: Invalid value: "fast" (must be a finite number > 0)
job.yaml:10: optimizer.momentum: Invalid value: 2 (must be a number >= 0 and < 1)
job.yaml:11: train.epochs: Invalid value: 0 (must be a whole number >= 1)
--set train.batchSize=0: Invalid value: 0 (must be a whole number >= 1)""");
    }

    private static String messageOf(String text, String... overrides) {
        return catchThrowableOfType(ConfigException.class, () -> Jobs.parse(text, overrides))
                .getMessage();
    }
}
