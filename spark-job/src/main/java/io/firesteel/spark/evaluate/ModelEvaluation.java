package io.firesteel.spark.evaluate;

import io.firesteel.connectors.source.DatasetLocation;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.predict.BatchFunction;
import io.firesteel.spark.predict.LoadedModel;
import io.firesteel.spark.predict.ScoredBatch;
import io.firesteel.spark.predict.Scoring;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** The metrics of a model on labelled data, in one pass: what a row is follows from the model. */
public final class ModelEvaluation {
    private final ModelEvaluationRequest request;

    public ModelEvaluation(ModelEvaluationRequest request) {
        this.request = request;
    }

    /**
     * Checks what can be checked without the model.
     *
     * @throws IllegalArgumentException if a metric is unknown
     */
    public void check() {
        MetricSet.of(request.metrics());
    }

    /**
     * Evaluates.
     *
     * @throws IllegalArgumentException if a metric reads what the model's rows don't have, or the group's column isn't there
     * @throws DataException if there is no such model or data, or a value can't be used
     * @throws io.firesteel.connectors.hadoop.ArtifactException if the model can't be read
     */
    public EvaluationReport run(SparkSession spark) {
        long start = System.nanoTime();
        LoadedModel model = LoadedModel.load(request.model(), spark);
        List<String> metrics = request.metrics().isEmpty() ? model.description().metrics() : request.metrics();
        MetricSet set = MetricSet.of(metrics);
        checkReadable(set, model.description().loss());
        DatasetLocation location = request.data().location();
        StateMerge merge = new StateMerge(metrics, Map.of(), Set.of());
        JavaRDD<byte[]> folded = Scoring.of(
                        location.open(spark),
                        location.describe(),
                        List.of(model),
                        request.group().stream().toList(),
                        Optional.empty())
                .withoutIds()
                .map(new Fold(merge));
        CountedStates counted = merge.merge(folded);
        return EvaluationReport.of(
                request,
                new EvaluatedModel(model.location(), model.sha256()),
                set,
                set.compute(counted.states()),
                counted.rows(),
                (System.nanoTime() - start) / 1e9);
    }

    private void checkReadable(MetricSet set, LossFunction loss) {
        for (String name : set.names()) {
            for (MetricKind kind : set.kinds(name)) {
                missing(kind.reads(), loss).ifPresent(why -> {
                    throw new IllegalArgumentException("Cannot compute " + kind.name() + ": " + why);
                });
            }
        }
    }

    private Optional<String> missing(Set<Reads> reads, LossFunction loss) {
        if (reads.contains(Reads.TEXTS)) {
            return Optional.of("a model's rows have no texts (expected other metrics, or --predictions)");
        }
        if (reads.contains(Reads.GROUPS) && request.group().isEmpty()) {
            return Optional.of("no column says what rows belong to (expected --group NAME)");
        }
        boolean ofClasses = reads.contains(Reads.CLASSES) || reads.contains(Reads.PROBABILITIES);
        if (ofClasses && !loss.isOfClassifiers()) {
            return Optional.of(
                    "the model was trained with " + loss.label() + " (expected crossEntropy or binaryCrossEntropy)");
        }
        return reads.contains(Reads.TARGETS) && !ofClasses && loss == LossFunction.CROSS_ENTROPY
                ? Optional.of(
                        "the model was trained with " + loss.label() + " (expected a loss of targets that are numbers)")
                : Optional.empty();
    }

    /** A partition to states. */
    private record Fold(StateMerge merge) implements BatchFunction<byte[]> {
        @Override
        public byte[] apply(Iterator<ScoredBatch> batches) {
            CountedStates states = merge.zero();
            while (batches.hasNext()) {
                ScoredBatch batch = batches.next();
                MetricInput input = batch.outputs().get(0);
                batch.groups().forEach(input::groups);
                states.update(input);
            }
            return StateMerge.toBytes(states);
        }
    }
}
