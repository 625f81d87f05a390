package io.firesteel.spark.predict;

import io.firesteel.engine.metric.MetricInput;
import java.util.List;

/**
 * Some rows of one partition that several models have predicted: what a comparison of models reads. An instance is used again for the next
 * rows, so nothing of it may be kept.
 *
 * @param outputs for each model what it predicted, all with the labels and weights of the same N rows
 * @param ids (N): what a row is drawn by where rows are resampled; the same for the same row of the same data in any run
 * @param groups for each carried column what the rows have there, as text, {@code null} written as "null": (columns, N)
 */
public record ScoredBatch(List<MetricInput> outputs, List<Long> ids, List<List<String>> groups) {
    /** N. */
    public int rows() {
        return ids.size();
    }
}
