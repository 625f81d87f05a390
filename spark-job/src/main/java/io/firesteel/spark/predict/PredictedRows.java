package io.firesteel.spark.predict;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.train.Inference;
import io.firesteel.engine.train.Inference.Result;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;

/** Rows with their predictions, in their order: a batch is read, predicted and handed out, then the next. */
final class PredictedRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final Inference inference;
    private final PredictionTask task;
    private final Set<Result> results;
    private final List<ByteBuffer> inputs;
    private final UnsafeProjection projection;
    private final PredictionRow prediction;
    private final InternalRow[] kept;
    /** The place in the batch of each row of it, or -1 if it can't be predicted. */
    private final int[] places;
    /** One object for all rows, as of Spark's own. */
    private final JoinedRow joined = new JoinedRow();

    private int count;
    private int next;

    /** @param inference this iterator's, as long as it is used */
    PredictedRows(Iterator<InternalRow> rows, Inference inference, PredictionTask task) {
        this.rows = rows;
        this.inference = inference;
        this.task = task;
        this.results = task.form().results();
        this.inputs = inference.inputs();
        this.projection = task.kept().projection();
        this.prediction = new PredictionRow(task.form(), inference);
        this.kept = new InternalRow[inference.capacity()];
        this.places = new int[inference.capacity()];
    }

    @Override
    public boolean hasNext() {
        if (next == count) {
            readBatch();
        }
        return next < count;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException("Cannot read on: there are no more rows");
        }
        int place = places[next];
        return joined.apply(kept[next++], place < 0 ? prediction.ofNothing() : prediction.of(place));
    }

    private void readBatch() {
        count = 0;
        next = 0;
        int usable = 0;
        while (count < kept.length && rows.hasNext()) {
            InternalRow row = rows.next();
            kept[count] = projection.apply(row).copy();
            places[count] = decode(row, usable) ? usable++ : -1;
            count++;
        }
        if (usable > 0) {
            inference.run(usable, results);
        }
        if (task.predicted() != null && count > 0) {
            task.predicted().add(count);
        }
    }

    private boolean decode(InternalRow row, int place) {
        try {
            task.decoder().decode(row, PredictionTask.FEATURES, inputs, place);
            return true;
        } catch (DataException e) {
            if (task.invalidRows() == InvalidRows.NULL) {
                return false;
            }
            throw e;
        }
    }
}
