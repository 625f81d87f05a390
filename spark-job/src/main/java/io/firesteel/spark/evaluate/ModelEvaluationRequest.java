package io.firesteel.spark.evaluate;

import io.firesteel.spark.predict.DataRequest;
import java.util.List;
import java.util.Optional;

/**
 * Which model to evaluate, and how.
 *
 * @param model a {@link io.firesteel.spark.predict.ModelLocation}
 * @param data labelled rows
 * @param metrics entries of a {@link io.firesteel.engine.metric.set.MetricSet}; empty for those that the model was trained with
 * @param group a column that says what each row belongs to, for metrics that ask
 */
public record ModelEvaluationRequest(String model, DataRequest data, List<String> metrics, Optional<String> group) {
    public ModelEvaluationRequest {
        metrics = List.copyOf(metrics);
    }
}
