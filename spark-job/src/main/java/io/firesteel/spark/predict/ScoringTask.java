package io.firesteel.spark.predict;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What a task does with its partition.
 *
 * @param plan says what a row is
 * @param function what batches are for
 */
record ScoringTask<T>(ScoringPlan plan, BatchFunction<T> function)
        implements FlatMapFunction<Iterator<InternalRow>, T> {
    @Override
    public Iterator<T> call(Iterator<InternalRow> rows) {
        List<InferencePool.Loan> loans = new ArrayList<>();
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener)
                context -> loans.forEach(InferencePool.Loan::close));
        if (rows.hasNext()) {
            plan.scorers()
                    .forEach(scorer ->
                            loans.add(InferencePool.SHARED.take(scorer.network().value(), ScoringPlan.BATCH_SIZE)));
        }
        List<T> result = new ArrayList<>();
        result.add(function.apply(new ScoredRows(
                rows, plan, loans.stream().map(InferencePool.Loan::inference).toList())));
        return result.iterator();
    }
}
