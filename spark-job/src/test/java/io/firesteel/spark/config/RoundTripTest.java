package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.data.BatchRamp;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.handler.Buffers;
import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions.Ramp;
import io.firesteel.engine.handler.SwaOptions;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.LeNet;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
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
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.train.Batching;
import io.firesteel.engine.train.BestCheckpoints;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.engine.train.HandlerOptions.Watching;
import io.firesteel.engine.train.LocalSgd;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.OuterOptimizer;
import io.firesteel.engine.train.PowerSgd;
import io.firesteel.engine.train.Synchronization;
import io.firesteel.engine.train.WirePrecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random jobs, written and read again. */
class RoundTripTest {
    private static final String[] NASTY = {
        "true",
        "null",
        "~",
        "1e3",
        ".5",
        "0x10",
        "- a",
        "a: b",
        "a #b",
        "${cwd}",
        "$${cwd}",
        "${",
        "*p",
        "&a",
        "!t",
        "\"",
        "'",
        " lead",
        "trail ",
        "two\nlines",
        "\n",
        "\t",
        "\\",
        "é 漢 😀",
        "\u0007",
        "\u2028",
        "\uFEFF",
        "%",
        "@",
        "`",
        "|",
        ">",
        "---",
        "...",
        "<<",
        "=",
        "yes",
        "0o17",
        "{a}",
        "[b]",
        ",",
        "?",
        ": ",
        "#"
    };

    private final Random random = new Random(20260309);

    @Test
    void jobReadFromItsYamlIsEqual() {
        for (int i = 0; i < 150; i++) {
            JobConfig job = job();
            String yaml = JobFile.toYaml(job);
            assertThat(Jobs.parse(yaml)).as(yaml).isEqualTo(job);
            assertThat(JobFile.toYaml(Jobs.parse(yaml))).isEqualTo(yaml);
        }
    }

    @Test
    void everyDefaultIsSpelledOut() {
        assertThat(JobFile.toYaml(Jobs.parse(Jobs.MINIMAL).withPlacement(4, 2))).isEqualTo("""
                        name: digits
                        seed: 42
                        data:
                          format: csv
                          path: digits.csv
                          options: {}
                        features:
                        - {name: input0, column: pixels, type: float32, scale: 1.0, offset: 0.0}
                        label: {column: label, type: int64}
                        model: {type: linear, outputs: 10}
                        loss: crossEntropy
                        optimizer: {type: sgd, learningRate: 0.001, momentum: 0.0, dampening: 0.0, nesterov: false, weightDecay: 0.0, sharded: false}
                        train:
                          epochs: 1
                          batchSize: 32
                          accumulate: 1
                          shards: 4
                          replicas: 2
                          device: auto
                          exchange: {precision: float32}
                          links: {transport: auto, checksum: false}
                          communicationTimeout: 60
                          startTimeout: 600
                        metrics: [loss]
                        output: /home/ada/work/runs
                        """);
    }

    private JobConfig job() {
        LossFunction loss = pick(LossFunction.values());
        boolean isClassifier = loss == LossFunction.CROSS_ENTROPY || loss == LossFunction.BINARY_CROSS_ENTROPY;
        LabelConfig label = loss == LossFunction.CROSS_ENTROPY
                ? new LabelConfig(List.of(text()), ElementType.INT64)
                : new LabelConfig(texts(), ElementType.FLOAT32);
        TrainConfig train = train();
        DataConfig data = data();
        return new JobConfig(
                "job-" + random.nextInt(1000),
                random.nextLong(),
                data,
                features(),
                label,
                maybe(() -> new WeightConfig(text())),
                model(),
                loss,
                optimization(train.synchronization() instanceof WirePrecision),
                train,
                isClassifier && random.nextBoolean() ? List.of("accuracy", "loss") : List.of("loss"),
                maybe(() -> "com.acme.Setup" + size()),
                handlers(train),
                maybe(() -> new CheckpointConfig(size(), size(), best())),
                new RandomRetraining(random, this::text)
                        .of(data.validation().isPresent() ? List.of("validation.loss") : List.of()),
                text());
    }

    private HandlerOptions handlers(TrainConfig train) {
        boolean local = train.synchronization() instanceof LocalSgd;
        List<EarlyStoppingOptions> stopping = random.nextBoolean()
                ? List.of()
                : List.of(new EarlyStoppingOptions(
                        "train.loss",
                        pick(Mode.values()),
                        size(),
                        number(),
                        pick(Measure.values()),
                        pick(EarlyStoppingOptions.Baseline.values()),
                        pick(EarlyStoppingOptions.Nan.values())));
        EmaOptions ema = local || random.nextBoolean()
                ? null
                : new EmaOptions(0.5, 0.001 + 0.9 * random.nextDouble(), size(), size(), pick(Buffers.values()));
        Duration limit = random.nextBoolean() ? null : Duration.ofSeconds(size(), 500_000_000);
        HandlerOptions handlers = new HandlerOptions(stopping, limit, !local && random.nextBoolean(), ema);
        boolean tries = !local && train.batching().accumulate() == 1 && random.nextBoolean();
        LearningRateFinderOptions finder = new LearningRateFinderOptions(
                0.5 * fraction() + 1e-9, 1 + number(), 1 + size(), pick(Ramp.values()), 0.5, 1.5 + fraction());
        handlers = handlers.withWatching(new Watching(tries ? finder : null, random.nextBoolean(), random.nextInt(3)));
        SwaOptions swa = new SwaOptions(1 + random.nextInt(train.epochs()), size(), pick(Buffers.values()));
        return ema == null && random.nextBoolean() ? handlers.withSwa(swa) : handlers;
    }

    private Batching batching(Synchronization synchronization) {
        Batching batching = Batching.of(1 + size());
        if (random.nextBoolean()) {
            batching = batching.withRamp(new BatchRamp(
                    1 + random.nextInt(batching.size() - 1), size(), size(), pick(BatchRamp.Shape.values())));
        }
        boolean accumulates = !(synchronization instanceof LocalSgd) && random.nextBoolean();
        return accumulates ? batching.withAccumulate(size()) : batching;
    }

    private BestCheckpoints best() {
        return random.nextBoolean()
                ? BestCheckpoints.NONE
                : new BestCheckpoints("train.loss", pick(Mode.values()), size());
    }

    private DataConfig data() {
        Optional<ValidationConfig> validation = random.nextBoolean()
                ? maybe(() -> new ValidationConfig.Split(0.001 + 0.99 * random.nextDouble()))
                : maybe(() -> new ValidationConfig.Data(text(), texts(), options(), maybe(this::text)));
        if (random.nextInt(5) == 0) {
            return new DataConfig("jdbc", List.of(), options(), derive(), maybe(this::text), validation);
        }
        return new DataConfig(text(), texts(), options(), derive(), maybe(this::text), validation);
    }

    private Map<String, String> derive() {
        Map<String, String> derive = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            derive.put(text(), text());
        }
        return derive;
    }

    private List<FeatureConfig> features() {
        List<FeatureConfig> features = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            FeatureColumns columns =
                    random.nextBoolean() ? new FeatureColumns.Whole(text()) : new FeatureColumns.Scalars(texts("*"));
            Optional<List<Integer>> shape = maybe(() -> List.of(size(), size(), size()));
            ElementType type = pick(ElementType.values());
            features.add(new FeatureConfig(text() + i, columns, shape, type, number(), -number()));
        }
        return features;
    }

    private ModelSpec model() {
        return switch (random.nextInt(4)) {
            case 0 ->
                new Mlp(
                        Stream.generate(this::size).limit(random.nextInt(3)).toList(),
                        size(),
                        pick(Activation.values()));
            case 1 -> new LeNet(size());
            case 2 -> new Linear(size());
            default -> new UserModel("com.acme.Model" + size(), options());
        };
    }

    private Optimization optimization(boolean canBeSharded) {
        List<ParameterGroup> groups = Stream.generate(() -> new ParameterGroup(text(), number(), number()))
                .limit(random.nextInt(3))
                .toList();
        List<Clipping> clippings = List.of(Clipping.none(), Clipping.byNorm(number()), Clipping.byValue(number()));
        OptimizerSpec optimizer = optimizer();
        return new Optimization(
                optimizer,
                groups,
                clippings.get(random.nextInt(3)),
                new RandomSchedules(random).of(optimizer, groups),
                canBeSharded && random.nextBoolean());
    }

    private OptimizerSpec optimizer() {
        return switch (random.nextInt(11)) {
            case 0 -> new Sgd(number(), 0.001 + 0.9 * fraction(), random.nextBoolean(), number());
            case 1 -> new Adam(number(), fraction(), fraction(), number(), number());
            case 2 -> new AdamW(number(), fraction(), fraction(), number(), number());
            case 3 -> new RmsProp(number(), fraction(), number(), fraction(), random.nextBoolean(), number());
            case 4 -> new Adagrad(number(), number(), number(), number(), number());
            case 5 -> new Adadelta(number(), fraction(), number(), number());
            case 6 -> new NAdam(number(), fraction(), fraction(), number(), number(), number(), random.nextBoolean());
            case 7 -> new RAdam(number(), fraction(), fraction(), number(), number(), random.nextBoolean());
            case 8 -> new Lion(number(), fraction(), fraction(), number());
            case 9 -> new Lamb(number(), fraction(), fraction(), number(), number());
            default -> new Lars(number(), fraction(), number(), number());
        };
    }

    private double fraction() {
        return random.nextDouble();
    }

    private TrainConfig train() {
        Optional<Integer> shards = maybe(() -> 50 + size());
        Duration timeout = Duration.ofNanos(1 + (long) (random.nextDouble() * 86_399e9));
        Synchronization synchronization = synchronization();
        return new TrainConfig(
                size(),
                batching(synchronization),
                shards,
                maybe(this::size),
                maybe(this::text),
                pick(DeviceChoice.values()),
                synchronization,
                new LinkConfig(pick(Transport.values()), random.nextBoolean()),
                timeout,
                timeout);
    }

    private Synchronization synchronization() {
        OuterOptimizer outer = random.nextBoolean()
                ? OuterOptimizer.MEAN
                : new OuterOptimizer(number(), 0.001 + 0.9 * fraction(), random.nextBoolean());
        return switch (random.nextInt(3)) {
            case 0 -> pick(WirePrecision.values());
            case 1 -> new PowerSgd(1 + random.nextInt(256), size());
            default -> new LocalSgd(1 + size(), outer);
        };
    }

    private Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            options.put(text(), random.nextInt(5) == 0 ? "" : text());
        }
        return options;
    }

    private List<String> texts(String... more) {
        List<String> texts = new ArrayList<>(List.of(more));
        for (int i = random.nextInt(3); i >= 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private String text() {
        StringBuilder text = new StringBuilder(pick(NASTY));
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(random.nextBoolean() ? pick(NASTY) : " word ".repeat(random.nextInt(20)));
        }
        return text.toString();
    }

    /** Over many magnitudes, as digits, rates and epsilons come. */
    private double number() {
        return random.nextInt(4) == 0 ? size() : Math.pow(10, random.nextInt(40) - 20) * (0.1 + random.nextDouble());
    }

    private int size() {
        return 1 + random.nextInt(50);
    }

    private <T> Optional<T> maybe(Supplier<? extends T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
