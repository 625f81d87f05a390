package io.firesteel.spark.bench;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.config.FeatureColumns;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.LabelConfig;
import io.firesteel.spark.config.ModelConfig;
import io.firesteel.spark.predict.LoadedModel;
import io.firesteel.spark.predict.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows per second of a {@link Predictor} over cached rows, side by side with bare loops of DJL's calls over batches in memory, one in
 * each task: as many rows, the same network, in turn. The bare loops take batches of 1024 rows, then of as many as the predictor; the
 * better of the two counts.
 *
 * @param rows of a round, &gt;= 1024 for each replica; where executors have no memory for all of them, fewer are cached and read more
 *     than once a round
 * @param replicas tasks that run at once, &gt;= 1
 * @param rounds that count, of each, &gt;= 1
 * @param batchSize of the predictor, from 1 to 65,536
 */
public record PredictionBenchmark(long rows, int replicas, int rounds, int batchSize) {
    private static final int PIXELS = 784;
    static final int BATCH = 1024;
    /** Of a row of floats in memory, and of one of bytes. */
    private static final long FLOATS_BYTES = PIXELS * Float.BYTES + 200;

    private static final long BYTES_BYTES = PIXELS + 100;
    /** Rounds that don't count: executors' JVMs compile for ten seconds and more. */
    private static final int WARM_UP = 3;

    static final Mlp MODEL = new Mlp(List.of(256, 128), 10, Activation.RELU);
    static final TensorSpec INPUT = new TensorSpec("pixels", ElementType.FLOAT32, List.of(PIXELS));
    static final TensorSpec LABEL = new TensorSpec("label", ElementType.INT64, List.of());

    public PredictionBenchmark {
        if (replicas < 1) {
            throw new IllegalArgumentException("Invalid replicas: " + replicas + " (must be >= 1)");
        }
        if (rows < (long) BATCH * replicas) {
            throw new IllegalArgumentException(
                    "Invalid rows: " + rows + " (must be >= " + BATCH * replicas + ", " + BATCH + " for each replica)");
        }
        if (batchSize < 1 || batchSize > BarePrediction.ROWS) {
            throw new IllegalArgumentException(
                    "Invalid batch size: " + batchSize + " (must be from 1 to " + BarePrediction.ROWS + ")");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("Invalid rounds: " + rounds + " (must be >= 1)");
        }
    }

    /** Measures. */
    public BenchReport run(SparkSession spark, Consumer<String> progress) {
        List<Map<String, Object>> figures = new ArrayList<>();
        TextTable table = new TextTable(1, "source", "rows", "rows/s", "bare loops", "share");
        Column bytes = column(bytes(), DataTypes.BinaryType);
        Column floats = column(floats(), DataTypes.createArrayType(DataTypes.FloatType, false));
        figures.add(measure(spark, source(spark, "cached bytes", BYTES_BYTES, bytes, 1 / 255.0), progress));
        figures.add(measure(spark, source(spark, "cached floats", FLOATS_BYTES, floats, 1), progress));
        for (Map<String, Object> row : figures) {
            table.add(
                    (String) row.get("source"),
                    row.get("rows").toString(),
                    Texts.decimals(0, (double) row.get("rowsPerSecond")),
                    Texts.decimals(0, (double) row.get("peerRowsPerSecond")),
                    Texts.decimals(3, (double) row.get("share")));
        }
        return new BenchReport(
                "predict",
                figures,
                "model mlp 784-256-128-10, batches of " + batchSize + ", bare loops of " + BATCH + " or as many\n"
                        + table.text());
    }

    /** As many rows as there is memory for, read as often as makes a round. */
    private Source source(SparkSession spark, String name, long bytes, Column pixels, double scale) {
        long fitting = Math.max(1, StorageMemory.bytes(spark, replicas) / bytes);
        int passes = Math.toIntExact((rows + fitting - 1) / fitting);
        return new Source(name, rows / passes, passes, pixels, scale);
    }

    private static Column column(UDF1<Long, ?> values, DataType type) {
        return functions.udf(values, type).apply(functions.col("id")).as("pixels");
    }

    /**
     * Rows to predict.
     *
     * @param cached how many are in memory
     * @param passes over them in a round
     * @param pixels of a row, by its id
     * @param scale that brings them to [0, 1]
     */
    private record Source(String name, long cached, int passes, Column pixels, double scale) {
        long rows() {
            return cached * passes;
        }

        /** The rows of a round, as often as they are passed over. */
        Dataset<Row> repeated(Dataset<Row> rows) {
            Dataset<Row> all = rows;
            for (int pass = 1; pass < passes; pass++) {
                all = all.union(rows);
            }
            return all;
        }
    }

    private Map<String, Object> measure(SparkSession spark, Source source, Consumer<String> progress) {
        Dataset<Row> cached = spark.range(0, source.cached(), 1, replicas)
                .select(functions.col("id"), source.pixels())
                .persist(StorageLevel.MEMORY_ONLY());
        try {
            cached.count();
            Predictor predictor =
                    Predictor.of(model(source.scale()), spark).keeping("id").batchSize(batchSize);
            Dataset<Row> rows = source.repeated(cached);
            Rates rates = new Rates(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int round = -WARM_UP; round < rounds; round++) {
                Rates next = round < 0 ? new Rates(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()) : rates;
                next.predicted().add(source.rows() / seconds(() -> predict(predictor, rows)));
                next.bare().add(barely(spark, source.rows(), BATCH));
                next.bareAlike().add(barely(spark, source.rows(), batchSize));
                progress.accept(source.name()
                        + (round < 0 ? ", to warm up: " : ", round " + (round + 1) + ": ")
                        + next.latest());
            }
            return figures(source, rates);
        } finally {
            cached.unpersist(true);
        }
    }

    private static void predict(Predictor predictor, Dataset<Row> rows) {
        predictor
                .transform(rows)
                .write()
                .format("noop")
                .mode(SaveMode.Overwrite)
                .save();
    }

    /**
     * Rows per second, of each round.
     *
     * @param bare of loops over batches of 1024
     * @param bareAlike of loops over batches of the predictor's size
     */
    private record Rates(List<Double> predicted, List<Double> bare, List<Double> bareAlike) {
        String latest() {
            int last = predicted.size() - 1;
            return String.format(
                    "%.0f rows/s, bare loops %.0f and %.0f", predicted.get(last), bare.get(last), bareAlike.get(last));
        }
    }

    private Map<String, Object> figures(Source source, Rates rates) {
        double ours = median(rates.predicted());
        double bare = median(rates.bare());
        double alike = median(rates.bareAlike());
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model", "mlp 784-256-128-10");
        figures.put("batch", batchSize);
        figures.put("peerBatch", bare >= alike ? BATCH : batchSize);
        figures.put("replicas", replicas);
        figures.put("source", source.name());
        figures.put("rows", source.rows());
        figures.put("passes", source.passes());
        figures.put("rowsPerSecond", ours);
        figures.put("peerRowsPerSecond", Math.max(bare, alike));
        figures.put("share", ours / Math.max(bare, alike));
        return figures;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Rows per second of the bare loops: whole batches, as many as hold the rows. */
    private double barely(SparkSession spark, long count, int batch) {
        long batches = Math.max(1, count / replicas / batch);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<Integer> tasks = IntStream.range(0, replicas).boxed().toList();
        double seconds = seconds(() -> context.parallelize(tasks, replicas)
                .map(task -> BarePrediction.shared(batch).run(batches))
                .collect());
        return batches * batch * replicas / seconds;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static LoadedModel model(double scale) {
        FeatureConfig feature = new FeatureConfig(
                INPUT.name(), new FeatureColumns.Whole("pixels"), Optional.of(INPUT.shape()), INPUT.type(), scale, 0);
        ModelConfig config = new ModelConfig(
                "bench",
                Map.of(),
                List.of(feature),
                new LabelConfig(List.of("label"), ElementType.INT64),
                Optional.empty(),
                MODEL,
                LossFunction.CROSS_ENTROPY,
                List.of("accuracy"));
        Torch.start(1);
        try (Network network = Network.create(MODEL, List.of(INPUT), LABEL, 1, Device.cpu(), 0)) {
            return LoadedModel.of("bench", config, WeightFile.of(network).toBytes());
        }
    }

    private static UDF1<Long, byte[]> bytes() {
        return id -> {
            byte[] pixels = new byte[PIXELS];
            SplittableRandom random = new SplittableRandom(id);
            random.nextBytes(pixels);
            return pixels;
        };
    }

    private static UDF1<Long, float[]> floats() {
        return id -> {
            float[] pixels = new float[PIXELS];
            SplittableRandom random = new SplittableRandom(id);
            for (int i = 0; i < PIXELS; i++) {
                pixels[i] = (float) random.nextDouble();
            }
            return pixels;
        };
    }
}
