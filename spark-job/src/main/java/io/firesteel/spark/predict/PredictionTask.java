package io.firesteel.spark.predict;

import io.firesteel.spark.ingest.InputDecoder;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What a task does with its partition. A row that comes in begins with the features.
 *
 * @param network to predict with
 * @param decoder of the features
 * @param form of the predictions
 * @param kept what is kept of a row
 * @param batchSize rows that are predicted at once
 * @param invalidRows what to do with a row that can't be predicted
 * @param predicted counts rows; may be null
 */
record PredictionTask(
        Broadcast<NetworkSource> network,
        InputDecoder decoder,
        PredictionForm form,
        KeptColumns kept,
        int batchSize,
        InvalidRows invalidRows,
        LongAccumulator predicted)
        implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
    static final int FEATURES = 0;

    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        InferencePool.Loan loan = InferencePool.SHARED.take(network.value(), batchSize);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> loan.close());
        return new PredictedRows(rows, loan.inference(), this);
    }
}
