package io.firesteel.spark.predict;

import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.predict.LoadedModel.Widths;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.reflect.ClassTag$;

/**
 * A model as the jobs of a {@link Predictor} share it: sent to executors once, and tried once, for each kind of inputs. Safe for many
 * threads. Spark forgets what was sent when nothing refers to this any more.
 */
final class PreparedModel {
    private final LoadedModel model;
    private final SparkSession spark;
    private final Map<List<TensorSpec>, Broadcast<NetworkSource>> sent = new ConcurrentHashMap<>();
    private final Map<Trial, Widths> tried = new ConcurrentHashMap<>();

    PreparedModel(LoadedModel model, SparkSession spark) {
        this.model = model;
        this.spark = spark;
    }

    private record Trial(List<TensorSpec> inputs, boolean embeds) {}

    LoadedModel model() {
        return model;
    }

    SparkSession spark() {
        return spark;
    }

    /** The network for executors. */
    Broadcast<NetworkSource> network(List<TensorSpec> inputs) {
        return sent.computeIfAbsent(
                inputs,
                known -> spark.sparkContext()
                        .broadcast(model.source(known), ClassTag$.MODULE$.apply(NetworkSource.class)));
    }

    /** What {@link LoadedModel#widths} says, and throws. */
    Widths widths(List<TensorSpec> inputs, boolean embeds) {
        return tried.computeIfAbsent(
                new Trial(inputs, embeds), trial -> model.widths(model.source(trial.inputs()), trial.embeds()));
    }
}
