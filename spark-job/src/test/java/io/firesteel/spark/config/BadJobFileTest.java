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
    private static final String DATA = "data: {format: csv, path: digits.csv}";
    private static final String FEATURE = "  - {column: pixels}";
    private static final String LABEL = "label: {column: label, type: int64}";
    private static final String MODEL = "model: {type: linear, outputs: 10}";
    private static final String LOSS = "loss: crossEntropy";
    private static final String OPTIMIZER = "optimizer: {type: sgd}";
    private static final String TRAIN = "train: {epochs: 1}";

    @ParameterizedTest(name = "{1}")
    @MethodSource({"values", "keys", "models", "sources", "rules", "substitutions"})
    void lineIsRefused(String line, String replacement, String message) {
        assertThat(messageOf(Jobs.with(line, replacement))).isEqualTo(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void fileIsRefused(String text, String message) {
        assertThat(messageOf(text)).isEqualTo(message);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(TRAIN, "train: {epochs: 0}", "x"),
                arguments(TRAIN, "train: {epochs: 1.5}", "x"),
                arguments(TRAIN, "train: {epochs: \"3\"}", "x"),
                arguments(TRAIN, "train: {epochs: many}", "x"),
                arguments(TRAIN, "train: {epochs: 3000000000}", "x"),
                arguments(TRAIN, "train: {epochs: [3]}", "x"),
                arguments(TRAIN, "train: {epochs: }", "x"),
                arguments(TRAIN, "train: {epochs: 1, communicationTimeout: 0}", "x"),
                arguments(TRAIN, "train: {epochs: 1, communicationTimeout: 1e300}", "x"),
                arguments(TRAIN, "train: {epochs: 1, device: gpus}", "x"),
                arguments(TRAIN, "train: 3", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, learningRate: -1}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, learningRate: .inf}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, momentum: 1}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, nesterov: yes}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: adm}", "x"),
                arguments(LOSS, "loss: crossentropy", "x"),
                arguments(LOSS, "loss: 3", "x"),
                arguments("name: digits", "name: 2026", "x"),
                arguments("name: digits", "name: .hidden", "x"),
                arguments("name: digits", "name: a/b", "x"),
                arguments("name: digits", "name: digits\nseed: 9223372036854775808", "x"),
                arguments(LOSS, LOSS + "\nmetrics: [loss, acuracy]", "x"),
                arguments(LOSS, LOSS + "\nmetrics: []", "x"),
                arguments(LOSS, LOSS + "\nmetrics: loss", "x"),
                arguments(LOSS, LOSS + "\ncheckpoint:", "x"),
                arguments(LOSS, LOSS + "\ncheckpoint: {everyIterations: 10, keep: 0}", "x"),
                arguments(LOSS, LOSS + "\noutput: \"\"", "x"),
                arguments(FEATURE, "  - {column: pixels, shape: [8, 0]}", "x"),
                arguments(FEATURE, "  - {column: pixels, scale: .nan}", "x"),
                arguments(FEATURE, "  - {columns: p*}", "x"),
                arguments(FEATURE, "  - {columns: []}", "x"),
                arguments(FEATURE, "  - pixels", "x"));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                arguments(OPTIMIZER, "optimizer: {type: sgd, learning_rate: 1}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, lr: 1}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, beta1: 0.9}", "x"),
                arguments(TRAIN, "train: {epochs: 1, batchsize: 8}", "x"),
                arguments(TRAIN, "train: {epochs: 1, gradientNoise: 8}", "x"),
                arguments(TRAIN, TRAIN + "\nbatchSize: 8", "x"),
                arguments(TRAIN, "train: {batchSize: 8}", "x"),
                arguments(TRAIN, "", "x"),
                arguments(TRAIN, "train: {epochs: 1, epochs: 2}", "x"),
                arguments(TRAIN, TRAIN + "\nloss: mse", "x"),
                arguments(TRAIN, TRAIN + "\n[a, b]: mse", "x"),
                arguments(LABEL, "label: {type: int64}", "x"),
                arguments(LABEL, "label: {column: a, columns: [b], type: int64}", "x"),
                arguments(FEATURE, "  - {shape: [3]}", "x"));
    }

    static Stream<Arguments> models() {
        return Stream.of(
                arguments(MODEL, "model: {outputs: 10}", "x"),
                arguments(MODEL, "model: {type: linear, class: a.B, outputs: 10}", "x"),
                arguments(MODEL, "model: {type: mlp, outputs: 10}", "x"),
                arguments(MODEL, "model: {type: linear, hidden: [3], outputs: 10}", "x"),
                arguments(MODEL, "model: {type: mpl, outputs: 10}", "x"),
                arguments(MODEL, "model: {class: a-b}", "x"),
                arguments(MODEL, "model: {class: a.B, options: {k: [1]}}", "x"));
    }

    static Stream<Arguments> sources() {
        return Stream.of(
                arguments(DATA, "data: {format: csv}", "x"),
                arguments(DATA, "data: {path: digits.csv}", "x"),
                arguments(DATA, "data: {format: csv, path: []}", "x"),
                arguments(DATA, "data: {format: csv, path: {a: b}}", "x"),
                arguments(DATA, "data: {format: csv, path: [a, 3]}", "x"),
                arguments(DATA, "data: {format: csv, path: a, options: [header]}", "x"),
                arguments(DATA, "data: {format: csv, path: a, options: {header: }}", "x"),
                arguments(DATA, "data: {format: csv, path: a, validation: {}}", "x"),
                arguments(DATA, "data: {format: csv, path: a, validation: {fraction: 1}}", "x"),
                arguments(DATA, "data: {format: csv, path: a, validation: {fraction: 0.5, path: b}}", "x"),
                arguments(DATA, "data: {format: csv, path: a, validation: {where: a > 3}}", "x"));
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                arguments(LABEL, "label: {column: label, type: float32}", "x"),
                arguments(LABEL, "label: {columns: [a, b], type: int64}", "x"),
                arguments(LOSS, "loss: mse", "x"),
                arguments(LABEL + "\n" + MODEL + "\n" + LOSS, LABEL.replace("int64", "float32") + "\n" + MODEL
                        + "\nloss: mse\nmetrics:\n  - accuracy", "x"),
                arguments(LOSS, LOSS + "\nmetrics: [loss, loss]", "x"),
                arguments(TRAIN, "train: {epochs: 1, shards: 2, replicas: 4}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, nesterov: true}", "x"),
                arguments(FEATURE, "  - {columns: [a, b, c], shape: [2, 2]}", "x"),
                arguments(FEATURE, "  - {columns: [a], shape: [2]}", "x"),
                arguments(FEATURE, "  - {column: a, shape: [65536, 65536]}", "x"),
                arguments(FEATURE, FEATURE + "\n  - column: b\n    name: input0", "x"));
    }

    static Stream<Arguments> substitutions() {
        return Stream.of(
                arguments(OPTIMIZER, "optimizer: {type: sgd, learningRate: \"${env.NONE}\"}", "x"),
                arguments(OPTIMIZER, "optimizer: {type: sgd, learningRate: \"${env.WORD}\"}", "x"),
                arguments(LOSS, LOSS + "\noutput: ${cmd}/runs", "x"),
                arguments(LOSS, LOSS + "\noutput: ${cwd/runs", "x"));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("", "x"),
                arguments("# nothing\n", "x"),
                arguments("---\n...\n", "x"),
                arguments("- a\n", "x"),
                arguments("\njust words\n", "x"),
                arguments("name: a\n---\nname: b\n", "x"),
                arguments("name: a\ndata: {format: csv\ntrain: x\n", "x"),
                arguments("name: a\n  seed: 3\n", "x"),
                arguments("data: {path: *.csv}\n", "x"),
                arguments("data:\n\tformat: csv\n", "x"),
                arguments("name: \u0000\n", "x"),
                arguments("name: !secret a\n", "x"),
                arguments("data: &a {validation: *a}\n", "x"));
    }

    @Test
    void everyProblemIsReportedInOneGoByLine() {
        String text =
                """
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
        assertThat(messageOf(text, "train.batchSize=0")).isEqualTo("x");
    }

    private static String messageOf(String text, String... overrides) {
        return catchThrowableOfType(ConfigException.class, () -> Jobs.parse(text, overrides))
                .getMessage();
    }
}
