package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spark.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over data in the formats, and of the kinds, that users have. */
@Timeout(300)
class DataFormatsTest {
    private static final int ROWS = 90;

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void prepare() {
        runs = new TrainingRuns(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet", "orc"})
    void formatThatSparkWritesTrains(String format) {
        blobs().repartition(3)
                .write()
                .format(format)
                .save(directory.resolve("rows").toString());
        runs.train(TrainingRuns.job("data: {format: " + format + ", path: rows, validation: {fraction: 0.25}}"))
                .done();
        JsonNode rows = runs.report().get("rows");
        assertThat(rows.get("train").asInt() + rows.get("validation").asInt()).isEqualTo(ROWS);
        // 5 standard deviations of a binomial: 5 · sqrt(90 · 0.25 · 0.75)
        assertThat(rows.get("validation").asDouble()).isCloseTo(22.5, within(20.6));
        assertThat(runs.report().get("history").get(1).get("ledger").get("rows").asInt())
                .isEqualTo(rows.get("train").asInt());
    }

    @Test
    void libsvmTrainsWithTheLengthOfItsVectors() {
        Blobs.of(ROWS, 3).writeLibsvm(directory.resolve("rows.txt"));
        runs.train(TrainingRuns.job("data: {format: libsvm, path: rows.txt}", "features: [{column: features}]"))
                .done();
        assertThat(runs.report().get("model").get("parameters").asInt()).isEqualTo(15);
    }

    @Test
    void arrayColumnTrainsLikeColumnsOfTheSameValues() {
        blobs().selectExpr("array(f0, f1, f2, f3) as pixels", "label")
                .write()
                .parquet(directory.resolve("rows").toString());
        runs.train(TrainingRuns.job("data: {format: parquet, path: rows}", "features: [{column: pixels, shape: [4]}]"))
                .done();
        assertThat(runs.report().get("rows").get("train").asInt()).isEqualTo(ROWS);
        assertThat(runs.report().get("metrics").get("train.accuracy").asDouble())
                .isBetween(0.34, 1.0);
    }

    @Test
    void severalCompressedFilesOfAGlobTrain() throws IOException {
        for (int part = 0; part < 3; part++) {
            Path plain = Blobs.of(30, part).writeCsv(directory.resolve("part.csv"));
            Files.write(directory.resolve("rows-" + part + ".csv.gz"), gzip(Files.readAllBytes(plain)));
        }
        runs.train(TrainingRuns.job("data: {format: csv, path: \"rows-*.csv.gz\", where: \"label < 2\","
                        + " options: {header: true, inferSchema: true}}"))
                .done();
        long expected = IntStream.range(0, 3)
                .mapToLong(part -> Blobs.of(30, part).points().stream()
                        .filter(point -> point.label() < 2)
                        .count())
                .sum();
        assertThat(runs.report().get("rows").get("train").asLong()).isEqualTo(expected);
    }

    @Test
    void severalTargetsAreRegressed() {
        Random random = new Random(5);
        List<Row> rows = IntStream.range(0, ROWS)
                .mapToObj(i -> {
                    double x = random.nextGaussian();
                    double z = random.nextGaussian();
                    return RowFactory.create(x, z, 2 * x - z, 0.5 * z + 1);
                })
                .toList();
        save(rows, "x double, z double, height double, width double");
        runs.train(TrainingRuns.job(
                        "data: {format: parquet, path: rows, validation: {fraction: 0.2}}",
                        "features: [{columns: [x, z]}]",
                        "label: {columns: [height, width], type: float32}",
                        "model: {type: linear, outputs: 2}",
                        "loss: mse",
                        "optimizer: {type: sgd, learningRate: 0.3}",
                        "train: {epochs: 30, batchSize: 90, shards: 2}",
                        "metrics: [loss]"))
                .done();
        // The rows hold the relation exactly, and gradient descent of this rate reaches it.
        assertThat(runs.report().get("metrics").get("validation.loss").asDouble())
                .isLessThan(1e-2);
        double[] height = Weights.read(runs.runDirectory().resolve("model/weights.safetensors"))
                .linear(List.of(1.0, 1.0));
        assertThat(height[0]).isCloseTo(1, within(0.2));
        assertThat(height[1]).isCloseTo(1.5, within(0.2));
    }

    @Test
    void imagesAsBytesTrainAConvolutionalNetwork() {
        Random random = new Random(6);
        List<Row> rows = IntStream.range(0, 40)
                .mapToObj(i -> {
                    byte[] image = new byte[28 * 28];
                    random.nextBytes(image);
                    return RowFactory.create(image, i % 10);
                })
                .toList();
        save(rows, "image binary, label int");
        runs.train(TrainingRuns.job(
                        "data: {format: parquet, path: rows}",
                        "features: [{column: image, shape: [1, 28, 28], scale: 0.00392156862745098}]",
                        "model: {type: lenet, outputs: 10}",
                        "train: {epochs: 1, batchSize: 20, replicas: 2}"))
                .done();
        // LeNet-5: 6·25+6, 16·6·25+16, 400·120+120, 120·84+84, 84·10+10
        assertThat(runs.report().get("model").get("parameters").asInt()).isEqualTo(61_706);
    }

    @Test
    void moreShardsThanRowsTrain() {
        Blobs.of(3, 1).writeCsv(directory.resolve("train.csv"));
        runs.train(TrainingRuns.job("train: {epochs: 2, batchSize: 2, shards: 16, replicas: 4}"))
                .done();
        assertThat(runs.report().get("samples").asInt()).isEqualTo(6);
        assertThat(runs.report().get("iterations").asInt()).isEqualTo(4);
    }

    @Test
    void fractionThatLeavesNoValidationRowIsRefused() {
        Blobs.of(5, 1).writeCsv(directory.resolve("train.csv"));
        TrainingRuns.Ended ended = runs.train(
                TrainingRuns.job("data: {format: csv, path: train.csv, options: {header: true, inferSchema: true},"
                        + " validation: {fraction: 0.0001}}"));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err())
                .endsWith(
                        "no row is held out (5 training rows; raise data.validation.fraction, or leave data.validation"
                                + " out)" + System.lineSeparator());
    }

    private static Dataset<Row> blobs() {
        List<Row> rows = Blobs.of(ROWS, 4).points().stream()
                .map(point -> RowFactory.create(
                        point.features().get(0),
                        point.features().get(1),
                        point.features().get(2),
                        point.features().get(3),
                        point.label()))
                .toList();
        return SharedSpark.session()
                .createDataFrame(rows, StructType.fromDDL("f0 double, f1 double, f2 double, f3 double, label int"));
    }

    private void save(List<Row> rows, String schema) {
        SharedSpark.session()
                .createDataFrame(rows, StructType.fromDDL(schema))
                .write()
                .parquet(directory.resolve("rows").toString());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
