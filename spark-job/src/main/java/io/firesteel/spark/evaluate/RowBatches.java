package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricInput;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Gathers the rows of a partition into batches that metrics read. Numbers stay float64 from the file to the metric. */
final class RowBatches {
    private static final int BATCH_ROWS = 4096;

    private final RowForm form;
    private final MetricInput input = new MetricInput();
    private final double[] predictions;
    private final double[] labels;
    private final double[] targets;
    private final double[] weights = new double[BATCH_ROWS];
    private final double[] losses = new double[BATCH_ROWS];
    private final List<String> groups = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<List<String>> references = new ArrayList<>();
    private int count;

    RowBatches(RowForm form) {
        this.form = form;
        this.predictions = new double[BATCH_ROWS * form.predictions()];
        this.labels = new double[BATCH_ROWS * form.labels()];
        this.targets = new double[BATCH_ROWS * form.targets()];
    }

    /** Hands all rows to metrics; a batch is theirs during the call only. */
    void forEach(Iterator<InternalRow> rows, Consumer<MetricInput> metrics) {
        while (handNext(rows, metrics)) {
            // The next one.
        }
    }

    /** Hands a batch of the next rows to metrics, and says whether there were any. */
    boolean handNext(Iterator<InternalRow> rows, Consumer<MetricInput> metrics) {
        while (count < BATCH_ROWS && rows.hasNext()) {
            add(rows.next());
        }
        if (count == 0) {
            return false;
        }
        hand(metrics);
        return true;
    }

    private void add(InternalRow row) {
        int column = 0;
        for (int i = 0; i < form.predictions(); i++) {
            predictions[count * form.predictions() + i] = row.getDouble(column++);
        }
        for (int i = 0; i < form.labels(); i++) {
            labels[count * form.labels() + i] = row.getDouble(column++);
        }
        for (int i = 0; i < form.targets(); i++) {
            targets[count * form.targets() + i] = row.getDouble(column++);
        }
        if (form.weighted()) {
            weights[count] = row.getDouble(column++);
        }
        if (form.hasLosses()) {
            losses[count] = row.getDouble(column++);
        }
        if (form.grouped()) {
            groups.add(row.getUTF8String(column++).toString());
        }
        if (form.hasTexts()) {
            texts.add(row.getUTF8String(column++).toString());
            references.add(texts(row.getArray(column)));
        }
        count++;
    }

    private static List<String> texts(ArrayData array) {
        List<String> texts = new ArrayList<>(array.numElements());
        for (int i = 0; i < array.numElements(); i++) {
            texts.add(array.getUTF8String(i).toString());
        }
        return texts;
    }

    private void hand(Consumer<MetricInput> metrics) {
        input.begin(count);
        if (form.predictions() > 0) {
            input.predictions(first(predictions, form.predictions()), form.predictions())
                    .predictionKind(form.kind());
        }
        if (form.classes()) {
            input.classes(LongBuffer.wrap(Arrays.stream(labels, 0, count)
                    .mapToLong(label -> (long) label)
                    .toArray()));
        } else if (form.labels() > 0) {
            input.targets(first(labels, form.labels()), form.labels());
        }
        if (form.targets() > 0) {
            input.targets(first(targets, form.targets()), form.targets());
        }
        if (form.weighted()) {
            input.weights(first(weights, 1));
        }
        if (form.hasLosses()) {
            input.losses(first(losses, 1));
        }
        if (form.grouped()) {
            input.groups(groups);
        }
        if (form.hasTexts()) {
            input.texts(texts, references);
        }
        metrics.accept(input);
        clear();
    }

    /** The batch's numbers, in an array of just their length. */
    private double[] first(double[] values, int columns) {
        return count == BATCH_ROWS ? values : Arrays.copyOf(values, count * columns);
    }

    private void clear() {
        count = 0;
        groups.clear();
        texts.clear();
        references.clear();
    }
}
