package io.firesteel.engine.data;

import io.firesteel.engine.event.BatchSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * A table of examples in memory, for programs without Spark: each row has float32 features, one input of the model, and a
 * label, which is a class or a vector of targets. Immutable: each method that changes rows gives new ones. Nothing needs to be
 * closed; an engine that was given batches of them closes its passes over them.
 *
 * <p>Every row has a 64-bit hash of its features and label as they were read. It decides which part of a {@link #split} the
 * row belongs to, so that it stays there whatever other rows come and go.
 */
public final class Rows {
    /** Rows are one shard, of this number. */
    public static final int SHARD = 0;

    private static final String INPUT = "features";

    private final ShardStore store;

    private Rows(ShardStore store) {
        this.store = store;
    }

    /**
     * Two parts of some rows; each row is in one of them.
     *
     * @param training rows to train with
     * @param validation rows to validate with
     */
    public record Split(Rows training, Rows validation) {}

    /**
     * Rows of classes.
     *
     * @param features (N, F) with N &gt;= 1, F &gt;= 1; copied
     * @param classes (N), each &gt;= 0 and below the number of the model's outputs; copied
     * @throws IllegalArgumentException if there are no rows, or shapes don't fit
     */
    public static Rows of(float[][] features, long[] classes) {
        int width = width("features", features, classes.length);
        return new Rows(RowWriter.store(layout(width, label(ElementType.INT64, List.of())), writer -> {
            for (int row = 0; row < classes.length; row++) {
                writer.add(features[row], classes[row]);
            }
        }));
    }

    /**
     * Rows of numbers to predict.
     *
     * @param features (N, F) with N &gt;= 1, F &gt;= 1; copied
     * @param targets (N, L) with L &gt;= 1: as many numbers as the model has outputs; copied
     * @throws IllegalArgumentException if there are no rows, or shapes don't fit
     */
    public static Rows of(float[][] features, float[][] targets) {
        int width = width("features", features, targets.length);
        int outputs = width("targets", targets, features.length);
        List<Integer> shape = outputs == 1 ? List.of() : List.of(outputs);
        return new Rows(RowWriter.store(layout(width, label(ElementType.FLOAT32, shape)), writer -> {
            for (int row = 0; row < targets.length; row++) {
                writer.add(features[row], targets[row]);
            }
        }));
    }

    /** As {@link #ofCsv(Path, String, ElementType)}, with a label that is a class: int64. */
    public static Rows ofCsv(Path file, String label) {
        return ofCsv(file, label, ElementType.INT64);
    }

    /**
     * Rows of a CSV file of numbers: a line with the names of the columns, then a line for each row, in UTF-8, with commas
     * and without quotes. Every column but the label is a feature, in the file's order. A file whose name ends in {@code .gz} is
     * decompressed; blank lines are left out.
     *
     * @param file to read; a relative path is against the working directory
     * @param label name of the label's column
     * @param labelType int64 for a class, float32 for a number to predict
     * @throws DataException if the file can't be read, has no such column, or a field isn't a finite number
     */
    public static Rows ofCsv(Path file, String label, ElementType labelType) {
        return new Rows(CsvRows.read(file, label, labelType));
    }

    static RowLayout layout(int features, TensorSpec label) {
        return new RowLayout(List.of(new TensorSpec(INPUT, ElementType.FLOAT32, List.of(features))), label, false);
    }

    private static TensorSpec label(ElementType type, List<Integer> shape) {
        return new TensorSpec("label", type, shape);
    }

    private static int width(String what, float[][] values, int expectedRows) {
        if (values.length == 0 || values.length != expectedRows) {
            throw new IllegalArgumentException("Cannot create rows: there are " + values.length + " of " + what
                    + " and " + expectedRows + " of the other (expected the same number, at least 1)");
        }
        int width = values[0].length;
        for (int row = 0; row < values.length; row++) {
            if (width == 0 || values[row].length != width) {
                throw new IllegalArgumentException("Cannot create rows: " + what + " of row " + row + " are "
                        + values[row].length + " numbers (expected " + Math.max(1, width) + " in every row)");
            }
        }
        return width;
    }

    /** What a row has: for the model, and for {@code Supervised}. */
    public RowLayout layout() {
        return store.layout();
    }

    /** N: how many rows there are. */
    public long rows() {
        return store.rows();
    }

    /** The rows as a shard, on the heap. It need not be closed; rows of a closed one are gone. */
    public ShardStore store() {
        return store;
    }

    /**
     * The rows with every feature multiplied.
     *
     * @param factor finite, such as 1 / 255.0 for the pixels of an image
     */
    public Rows scaled(double factor) {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("Invalid factor: " + factor + " (must be finite)");
        }
        int offset = layout().inputOffset(0);
        int end = offset + layout().inputs().get(0).bytes();
        return new Rows(RowWriter.store(
                layout(), writer -> numbers().forEach(row -> scale(writer.copy(store, row), offset, end, factor))));
    }

    private static void scale(ByteBuffer row, int offset, int end, double factor) {
        for (int at = offset; at < end; at += Float.BYTES) {
            row.putFloat(at, (float) (row.getFloat(at) * factor));
        }
    }

    /**
     * The rows with the features as an array of several axes, which convolutions want.
     *
     * @param sizes of the axes, such as 1, 28, 28 for channel, height and width; their product is F
     */
    public Rows shaped(Integer... sizes) {
        TensorSpec before = layout().inputs().get(0);
        TensorSpec input = new TensorSpec(before.name(), before.type(), Arrays.asList(sizes));
        if (input.elements() != before.elements()) {
            throw new IllegalArgumentException("Cannot shape features as " + input.shape() + ": that are "
                    + input.elements() + " numbers (expected " + before.elements() + ", as a row has)");
        }
        RowLayout shaped = new RowLayout(List.of(input), layout().label(), false);
        return new Rows(RowWriter.store(shaped, writer -> numbers().forEach(row -> writer.copy(store, row))));
    }

    /**
     * Divides the rows by their hashes, the same in every run. Equal rows go to the same part.
     *
     * @param validationFraction how many of the rows are for validation, about: &gt; 0, &lt; 1
     */
    public Split split(double validationFraction) {
        if (!(validationFraction > 0 && validationFraction < 1)) {
            throw new IllegalArgumentException(
                    "Invalid validation fraction: " + validationFraction + " (must be > 0 and < 1)");
        }
        LongPredicate validates = row -> unit(store.hash(row)) < validationFraction;
        return new Split(select(validates.negate()), select(validates));
    }

    /** From the hash, uniform in [0, 1). */
    private static double unit(long hash) {
        return (hash >>> 11) * 0x1p-53;
    }

    private Rows select(LongPredicate condition) {
        return new Rows(RowWriter.store(
                layout(), writer -> numbers().filter(condition).forEach(row -> writer.copy(store, row))));
    }

    private LongStream numbers() {
        return LongStream.range(0, rows());
    }

    /**
     * Batches for training: every row once in each pass, in another pseudo-random order each. Open in one engine at a time.
     *
     * @param batchSize rows to a batch, &gt; 0; the last batch has the rest
     * @param seed decides the orders
     * @throws IllegalArgumentException if the batch size is out of range or there are no rows
     */
    public BatchSource<StepBatch> shuffled(int batchSize, long seed) {
        BatchSchedule schedule = new BatchSchedule(batchSize, rows());
        return StepBatches.shuffled(List.of(store), List.of(SHARD), schedule, seed);
    }

    /**
     * Batches for evaluation: every row once in each pass, in the order of the rows. Open in one engine at a time.
     *
     * @param batchSize rows to a batch, &gt; 0; the last batch has the rest
     */
    public BatchSource<StepBatch> inOrder(int batchSize) {
        return StepBatches.evaluation(List.of(store), List.of(SHARD), batchSize);
    }

    @Override
    public String toString() {
        return rows() + " rows of " + layout().inputs().get(0).shape() + " features";
    }
}
