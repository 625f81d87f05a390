package io.firesteel.spark.decide;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.spark.predict.ScoredBatch;
import java.io.Serializable;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows that are drawn from: all, or, where they are too many, a half, a quarter, an eighth of them and so on, as numbers of their own say that
 * depend on their ids alone. Which rows these are doesn't depend on how rows are split and merged. At most {@value #MOST_ROWS}
 * rows and {@value #MOST_BYTES} bytes. Belongs to one thread.
 */
final class KeptRows implements Serializable {
    static final int MOST_ROWS = 100_000;
    static final long MOST_BYTES = 32L << 20;
    private static final int FEWEST_ROWS = 1000;
    private static final int FIRST_ROWS = 256;
    private static final long SALT = 0x2545F4914F6CDD1DL;
    private static final long serialVersionUID = 1;

    /** What rows consist of: the same for all. */
    private record Shape(
            List<Integer> columns,
            List<PredictionKind> kinds,
            boolean classes,
            int labels,
            boolean weights,
            List<Integer> losses)
            implements Serializable {
        static Shape of(List<MetricInput> outputs, boolean losses) {
            MetricInput first = outputs.get(0);
            return new Shape(
                    outputs.stream().map(MetricInput::predictionColumns).toList(),
                    outputs.stream().map(MetricInput::predictionKind).toList(),
                    first.hasClasses(),
                    first.targetColumns(),
                    first.hasWeights(),
                    outputs.stream()
                            .map(output -> losses && output.hasLosses() ? 1 : 0)
                            .toList());
        }

        int rowBytes(int groups) {
            int numbers = columns.stream().mapToInt(Integer::intValue).sum()
                    + labels
                    + (weights ? 1 : 0)
                    + losses.stream().mapToInt(Integer::intValue).sum()
                    + groups
                    + 1;
            return numbers * Double.BYTES;
        }
    }

    private final boolean readsLosses;
    private final int groupColumns;
    private Shape shape;
    private int most;
    private int size;
    private int halvings;
    private long seen;
    private long[] ids = {};
    private final List<NumberTable> predictions = new ArrayList<>();
    private final List<NumberTable> losses = new ArrayList<>();
    private NumberTable labels;
    private NumberTable weights;
    private String[][] groups;

    /**
     * No rows yet.
     *
     * @param readsLosses whether outputs have losses that count
     * @param groupColumns carried columns
     */
    KeptRows(boolean readsLosses, int groupColumns) {
        this.readsLosses = readsLosses;
        this.groupColumns = groupColumns;
        this.groups = new String[groupColumns][0];
    }

    void add(ScoredBatch batch) {
        if (batch.rows() == 0) {
            return;
        }
        take(Shape.of(batch.outputs(), readsLosses));
        for (int row = 0; row < batch.rows(); row++) {
            long id = batch.ids().get(row);
            seen++;
            if (isKept(id)) {
                append(batch, row, id);
                thin();
            }
        }
    }

    private void take(Shape found) {
        if (shape == null) {
            shape = found;
            most = (int) Math.min(MOST_ROWS, MOST_BYTES / found.rowBytes(groupColumns));
            if (most < FEWEST_ROWS) {
                throw new DataException("Cannot compare models: a row of their predictions takes "
                        + found.rowBytes(groupColumns) + " bytes (expected at most " + MOST_BYTES / FEWEST_ROWS + ")");
            }
            found.columns().forEach(columns -> predictions.add(new NumberTable(columns)));
            found.losses().forEach(columns -> losses.add(new NumberTable(columns)));
            labels = new NumberTable(found.labels());
            weights = new NumberTable(found.weights() ? 1 : 0);
        } else if (!shape.equals(found)) {
            throw new IllegalArgumentException(
                    "Cannot compare models: rows differ in form (" + found + ", expected " + shape + ")");
        }
    }

    private boolean isKept(long id) {
        return halvings == 0 || PoissonDraws.mixed(PoissonDraws.mixed(id) + SALT) >>> (Long.SIZE - halvings) == 0;
    }

    private void append(ScoredBatch batch, int row, long id) {
        room();
        ids[size] = id;
        for (int model = 0; model < predictions.size(); model++) {
            MetricInput output = batch.outputs().get(model);
            for (int column = 0; column < predictions.get(model).columns(); column++) {
                predictions.get(model).set(size, column, output.prediction(row, column));
            }
            if (losses.get(model).columns() > 0) {
                losses.get(model).set(size, 0, output.loss(row));
            }
        }
        MetricInput first = batch.outputs().get(0);
        for (int column = 0; column < labels.columns(); column++) {
            labels.set(size, column, first.target(row, column));
        }
        if (weights.columns() > 0) {
            weights.set(size, 0, first.weight(row));
        }
        for (int column = 0; column < groupColumns; column++) {
            groups[column][size] = batch.groups().get(column).get(row);
        }
        size++;
    }

    private void room() {
        if (size == ids.length) {
            int capacity = Math.max(FIRST_ROWS, size + size / 2);
            ids = Arrays.copyOf(ids, capacity);
            Arrays.setAll(groups, column -> Arrays.copyOf(groups[column], capacity));
        }
    }

    /** Halves until the rows are few enough. */
    private void thin() {
        while (size > most) {
            halvings++;
            keepThoseKept();
        }
    }

    private void keepThoseKept() {
        int kept = 0;
        for (int row = 0; row < size; row++) {
            if (isKept(ids[row])) {
                move(row, kept++);
            }
        }
        size = kept;
    }

    private void move(int from, int to) {
        ids[to] = ids[from];
        tables().forEach(table -> table.move(from, to));
        for (String[] column : groups) {
            column[to] = column[from];
        }
    }

    private List<NumberTable> tables() {
        List<NumberTable> tables = new ArrayList<>(predictions);
        tables.addAll(losses);
        tables.add(labels);
        tables.add(weights);
        return tables;
    }

    /** Adds those of another part of the data, which isn't to be used afterwards. */
    void addAll(KeptRows other) {
        seen += other.seen;
        if (other.shape == null) {
            return;
        }
        take(other.shape);
        halvings = Math.max(halvings, other.halvings);
        keepThoseKept();
        other.halvings = halvings;
        other.keepThoseKept();
        for (int i = 0; i < tables().size(); i++) {
            tables().get(i).append(size, other.tables().get(i), other.size);
        }
        ids = joined(ids, other.ids, other.size);
        for (int column = 0; column < groupColumns; column++) {
            groups[column] = Arrays.copyOf(groups[column], size + other.size);
            System.arraycopy(other.groups[column], 0, groups[column], size, other.size);
        }
        size += other.size;
        thin();
    }

    private long[] joined(long[] first, long[] second, int secondSize) {
        long[] all = Arrays.copyOf(first, size + secondSize);
        System.arraycopy(second, 0, all, size, secondSize);
        return all;
    }

    /** Frees what is reserved for more rows. */
    void trim() {
        if (shape != null) {
            tables().forEach(table -> table.trim(size));
            ids = Arrays.copyOf(ids, size);
            Arrays.setAll(groups, column -> Arrays.copyOf(groups[column], size));
        }
    }

    int size() {
        return size;
    }

    /** All rows, of which {@link #size} are kept. */
    long seen() {
        return seen;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The kept rows in an order that depends on their ids, not on where they lay. */
    int[] order() {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(row -> ids[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The same rows from the lowest to the highest prediction of a model, which spares metrics of ranks the sorting in each resample. */
    int[] byPrediction(int model, int[] rows) {
        NumberTable table = predictions.get(model);
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        row -> table.columns() == 2 ? table.value(row, 1) - table.value(row, 0) : table.value(row, 0)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    long id(int row) {
        return ids[row];
    }

    /** The row's own weight. */
    double weight(int row) {
        return weights.columns() == 0 ? 1 : weights.value(row, 0);
    }

    /** What a row has in a carried column. */
    String group(int column, int row) {
        return groups[column][row];
    }

    /** What a model predicted for some rows, with their labels, weights and losses. */
    MetricInput input(int model, int[] order) {
        MetricInput input = new MetricInput()
                .begin(order.length)
                .predictions(predictions.get(model).rows(order), shape.columns().get(model))
                .predictionKind(shape.kinds().get(model));
        double[] wanted = labels.rows(order);
        if (shape.classes()) {
            input.classes(LongBuffer.wrap(
                    Arrays.stream(wanted).mapToLong(label -> (long) label).toArray()));
        } else {
            input.targets(wanted, shape.labels());
        }
        if (shape.weights()) {
            input.weights(weights.rows(order));
        }
        if (losses.get(model).columns() > 0) {
            input.losses(losses.get(model).rows(order));
        }
        return input;
    }
}
