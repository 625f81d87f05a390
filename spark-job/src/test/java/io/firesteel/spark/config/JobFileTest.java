package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.LeNet;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.UserModel;
import io.firesteel.engine.optim.Adadelta;
import io.firesteel.engine.optim.Adagrad;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.AdamW;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Lamb;
import io.firesteel.engine.optim.Lars;
import io.firesteel.engine.optim.Lion;
import io.firesteel.engine.optim.NAdam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.RAdam;
import io.firesteel.engine.optim.RmsProp;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.Batching;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.engine.train.LocalSgd;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.OuterOptimizer;
import io.firesteel.engine.train.PowerSgd;
import io.firesteel.engine.train.Synchronization;
import io.firesteel.engine.train.WirePrecision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobFileTest {
    private static final String FULL = """
            name: digits-mlp
            seed: -7
            data:
              format: csv
              path: digits.csv.gz
              options: {header: "true", inferSchema: true, maxColumns: 100}
              where: "label is not null"
              validation: {fraction: 0.2}
            features:
              - {columns: ["p*"], shape: [64], type: float32, scale: 0.0625}
              - {name: ids, column: words, type: int64, offset: 1}
            label: {column: label, type: int64}
            weight: {column: w}
            model: {type: mlp, hidden: [128, 64], outputs: 10}
            loss: crossEntropy
            optimizer: {type: adam, learningRate: 0.01}
            train: {epochs: 20, batchSize: 128, shards: 4, replicas: 2, device: cpu, communicationTimeout: 2.5, startTimeout: 90}
            metrics: [loss, accuracy]
            setup: com.acme.MySetup
            checkpoint: {everyIterations: 500, keep: 3}
            output: ${cwd}/out
            """;

    @Test
    void everyKeyIsRead() {
        assertThat(Jobs.parse(FULL))
                .isEqualTo(new JobConfig(
                        "digits-mlp",
                        -7,
                        new DataConfig(
                                "csv",
                                List.of("digits.csv.gz"),
                                Map.of("header", "true", "inferSchema", "true", "maxColumns", "100"),
                                Map.of(),
                                Optional.of("label is not null"),
                                Optional.of(new ValidationConfig.Split(0.2))),
                        List.of(
                                new FeatureConfig(
                                        "input0",
                                        new FeatureColumns.Scalars(List.of("p*")),
                                        Optional.of(List.of(64)),
                                        ElementType.FLOAT32,
                                        0.0625,
                                        0),
                                new FeatureConfig(
                                        "ids",
                                        new FeatureColumns.Whole("words"),
                                        Optional.empty(),
                                        ElementType.INT64,
                                        1,
                                        1)),
                        new LabelConfig(List.of("label"), ElementType.INT64),
                        Optional.of(new WeightConfig("w")),
                        new Mlp(List.of(128, 64), 10, Activation.RELU),
                        LossFunction.CROSS_ENTROPY,
                        Optimization.of(new Adam(0.01, 0.9, 0.999, 1e-8, 0)),
                        new TrainConfig(
                                20,
                                Batching.of(128),
                                Optional.of(4),
                                Optional.of(2),
                                Optional.empty(),
                                DeviceChoice.CPU,
                                WirePrecision.FLOAT32,
                                LinkConfig.DEFAULT,
                                Duration.ofMillis(2500),
                                Duration.ofSeconds(90)),
                        List.of("loss", "accuracy"),
                        Optional.of("com.acme.MySetup"),
                        HandlerOptions.NONE,
                        Optional.of(new CheckpointConfig(500, 3)),
                        Retraining.NONE,
                        "/home/ada/work/out"));
    }

    @Test
    void keysThatAreLeftOutHaveTheirDefaults() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL);
        assertThat(job.seed()).isEqualTo(42);
        assertThat(job.train())
                .isEqualTo(new TrainConfig(
                        1,
                        Batching.of(32),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        DeviceChoice.AUTO,
                        WirePrecision.FLOAT32,
                        LinkConfig.DEFAULT,
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(10)));
        assertThat(job.metrics()).containsExactly("loss");
        assertThat(job.output()).isEqualTo("/home/ada/work/runs");
        assertThat(job.weight()).isEmpty();
        assertThat(job.checkpoint()).isEmpty();
        assertThat(job.data().validation()).isEmpty();
    }

    /** As the optimizers of PyTorch 2.13 document their parameters; Lion, LAMB and LARS as their papers take them. */
    static Stream<Arguments> optimizerDefaults() {
        return Stream.of(
                arguments("{type: sgd}", new Sgd(0.001, 0, 0, false, 0)),
                arguments("{type: adam}", new Adam(0.001, 0.9, 0.999, 1e-8, 0)),
                arguments("{type: adamw}", new AdamW(0.001, 0.9, 0.999, 1e-8, 0.01)),
                arguments("{type: rmsprop}", new RmsProp(0.01, 0.99, 1e-8, 0, false, 0)),
                arguments("{type: adagrad}", new Adagrad(0.01, 0, 0, 1e-10, 0)),
                arguments("{type: adadelta}", new Adadelta(1, 0.9, 1e-6, 0)),
                arguments("{type: nadam}", new NAdam(0.002, 0.9, 0.999, 1e-8, 0.004, 0, false)),
                arguments("{type: radam}", new RAdam(0.001, 0.9, 0.999, 1e-8, 0, false)),
                arguments("{type: lion}", new Lion(1e-4, 0.9, 0.99, 0)),
                arguments("{type: lamb}", new Lamb(0.001, 0.9, 0.999, 1e-6, 0.01)),
                arguments("{type: lars, learningRate: 2}", new Lars(2, 0.9, 0.001, 5e-4)));
    }

    /** The parser's own buffer of 1025 characters overflows if it ends between the halves of such a character. */
    @Test
    void characterOfTwoHalvesMayStandAnywhere() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL);
        for (int at = 1020; at <= 1030; at++) {
            String comment = "# " + "x".repeat(at - 2) + "\uD83D\uDE80\n";
            assertThat(Jobs.parse(comment + Jobs.MINIMAL)).isEqualTo(job);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizerDefaults")
    void defaultsOfOptimizersAreThoseOfPyTorch(String text, OptimizerSpec optimizer) {
        assertThat(Jobs.parse(Jobs.MINIMAL, "optimizer=" + text).optimizer()).isEqualTo(Optimization.of(optimizer));
    }

    @Test
    void groupTakesTheOptimizersValuesWhereItHasNone() {
        String optimizer = "{type: adamw, learningRate: 0.5, clip: {norm: 2}, sharded: true,"
                + " groups: [{parameters: '*.bias', weightDecay: 0}, {parameters: '1.*', learningRate: 0}]}";
        assertThat(Jobs.parse(Jobs.MINIMAL, "optimizer=" + optimizer).optimizer())
                .isEqualTo(new Optimization(
                        new AdamW(0.5, 0.9, 0.999, 1e-8, 0.01),
                        List.of(new ParameterGroup("*.bias", 0.5, 0), new ParameterGroup("1.*", 0, 0.01)),
                        Clipping.byNorm(2),
                        true));
        assertThat(Jobs.parse(Jobs.MINIMAL, "optimizer.clip.value=0.5")
                        .optimizer()
                        .clipping())
                .isEqualTo(Clipping.byValue(0.5));
    }

    @Test
    void modelIsOneOfTheEngineOrTheUsers() {
        assertThat(Jobs.parse(Jobs.MINIMAL, "model={type: lenet, outputs: 10}").model())
                .isEqualTo(new LeNet(10));
        assertThat(Jobs.parse(Jobs.MINIMAL, "model={class: com.acme.MyModel, options: {depth: 3, wide: true}}")
                        .model())
                .isEqualTo(new UserModel("com.acme.MyModel", Map.of("depth", "3", "wide", "true")));
        assertThat(Jobs.parse(Jobs.MINIMAL, "model={type: mlp, hidden: [], outputs: 1, activation: tanh}")
                        .model())
                .isEqualTo(new Mlp(List.of(), 1, Activation.TANH));
    }

    @Test
    void validationDataTakesFormatAndOptionsOfTheData() {
        JobConfig job = Jobs.parse(
                Jobs.MINIMAL, "data.options={header: true}", "data.validation={path: [v1, v2], where: a > 0}");
        assertThat(job.data().validation())
                .contains(new ValidationConfig.Data(
                        "csv", List.of("v1", "v2"), Map.of("header", "true"), Optional.of("a > 0")));
    }

    @Test
    void validationDataMayHaveFormatAndOptionsOfItsOwn() {
        JobConfig job = Jobs.parse(
                Jobs.MINIMAL, "data.options={header: true}", "data.validation={format: parquet, path: v, options: {}}");
        assertThat(job.data().validation())
                .contains(new ValidationConfig.Data("parquet", List.of("v"), Map.of(), Optional.empty()));
    }

    @Test
    void sourceThatReadsNoFilesNeedsNoPath() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "data={format: jdbc, options: {url: \"jdbc:h2:mem\", dbtable: t}}");
        assertThat(job.data().paths()).isEmpty();
    }

    @Test
    void labelsOfSeveralColumnsAreTargets() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "label={columns: [a, b], type: float32}", "loss=mse");
        assertThat(job.label().columns()).containsExactly("a", "b");
    }

    @Test
    void numbersOfTheCoreSchemaAreRead() {
        assertThat(Jobs.parse(Jobs.MINIMAL, "seed=0x1F").seed()).isEqualTo(31);
        assertThat(Jobs.parse(Jobs.MINIMAL, "seed=0o17").seed()).isEqualTo(15);
        assertThat(Jobs.parse(Jobs.MINIMAL, "seed=+9").seed()).isEqualTo(9);
        assertThat(Jobs.parse(Jobs.MINIMAL, "features.0.scale=.5")
                        .features()
                        .get(0)
                        .scale())
                .isEqualTo(0.5);
        assertThat(Jobs.parse(Jobs.MINIMAL, "features.0.scale=2")
                        .features()
                        .get(0)
                        .scale())
                .isEqualTo(2);
    }

    @Test
    void aliasStandsForItsValue() {
        String text = Jobs.with("{type: linear, outputs: 10}", "{type: mlp, hidden: &h [8, 8], outputs: 10}")
                .replace("{column: pixels}", "{column: pixels, shape: [8, 8]}");
        assertThat(Jobs.parse(text.replace("hidden: &h [8, 8]", "hidden: *h").replace("shape: [", "shape: &h ["))
                        .model())
                .isEqualTo(Jobs.parse(text).model());
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreRead() {
        String text = "\uFEFF" + Jobs.MINIMAL.replace("\n", "\r\n");
        assertThat(Jobs.parse(text)).isEqualTo(Jobs.parse(Jobs.MINIMAL));
    }

    @Test
    void tenThousandColumnsAreRead() {
        StringBuilder columns = new StringBuilder("c0");
        for (int i = 1; i < 10_000; i++) {
            columns.append(", c").append(i);
        }
        String text = Jobs.with("{column: pixels}", "{columns: [" + columns + "], shape: [100, 100]}");
        assertThatCode(() -> Jobs.parse(text)).doesNotThrowAnyException();
    }

    @Test
    void waysToExchangeAreRead() {
        assertThat(synchronization("{epochs: 1}")).isEqualTo(WirePrecision.FLOAT32);
        assertThat(synchronization("{epochs: 1, sync: {every: 1}}")).isEqualTo(WirePrecision.FLOAT32);
        assertThat(synchronization("{epochs: 1, exchange: {precision: bfloat16}}"))
                .isEqualTo(WirePrecision.BFLOAT16);
        assertThat(synchronization("{epochs: 1, exchange: {compression: {type: powerSgd}}}"))
                .isEqualTo(new PowerSgd(4, 10));
        assertThat(synchronization("{epochs: 1, sync: {every: 8}}")).isEqualTo(new LocalSgd(8, OuterOptimizer.MEAN));
        assertThat(synchronization("{epochs: 1, sync: {outer: {}}}"))
                .isEqualTo(new LocalSgd(1, new OuterOptimizer(0.7, 0.9, true)));
    }

    private static Synchronization synchronization(String train) {
        return Jobs.parseWith("train: {epochs: 1}", "train: " + train).train().synchronization();
    }
}
