package io.firesteel.spark.predict;

import ai.djl.Device;
import io.firesteel.connectors.source.DerivedColumns;
import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.StoredTensor;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.Inference;
import io.firesteel.spark.config.ConfigException;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.config.ModelConfig;
import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.FeatureBinding;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A trained model as the driver holds it: its description and its weights. Immutable; there is nothing to close, as networks are
 * built where rows are predicted.
 */
public final class LoadedModel {
    private final String location;
    private final ModelConfig description;
    private final byte[] weights;
    private final String sha256;

    private LoadedModel(String location, ModelConfig description, byte[] weights, String sha256) {
        this.location = location;
        this.description = description;
        this.weights = weights;
        this.sha256 = sha256;
    }

    /**
     * Loads a model.
     *
     * @param location a {@link ModelLocation}
     * @throws DataException if there is none, or it is damaged
     * @throws io.firesteel.connectors.hadoop.ArtifactException if it can't be read
     */
    public static LoadedModel load(String location, SparkSession spark) {
        ModelFiles files = new ModelLocation(location)
                .find(spark.sparkContext().hadoopConfiguration(), RegisteredVersions::resolve);
        String uri = files.directory().uri();
        try {
            String text = new String(files.read(ModelLocation.DESCRIPTION), StandardCharsets.UTF_8);
            return of(
                    uri,
                    JobFile.parseModel(text, uri + "/" + ModelLocation.DESCRIPTION),
                    files.read(ModelLocation.WEIGHTS));
        } catch (ConfigException e) {
            throw new DataException("Cannot load model " + location + ": " + e.getMessage(), e);
        }
    }

    /**
     * A model whose parts are there already.
     *
     * @param location how messages name it
     * @param weights bytes of a safetensors file; not to be changed
     * @throws DataException if they aren't that, or don't fit the description
     */
    public static LoadedModel of(String location, ModelConfig description, byte[] weights) {
        LoadedModel model = new LoadedModel(location, description, weights, sha256(location, weights));
        if (description.features().stream().allMatch(feature -> feature.shape().isPresent())) {
            List<TensorSpec> inputs =
                    description.features().stream().map(LoadedModel::tensor).toList();
            model.outputs(model.source(inputs));
        }
        return model;
    }

    private static TensorSpec tensor(FeatureConfig feature) {
        return new TensorSpec(feature.name(), feature.type(), feature.shape().orElseThrow());
    }

    /**
     * The same model, for rows that have some of its derived columns already.
     *
     * @param made names and SQL of those that the rows have
     */
    public LoadedModel onRowsWith(Map<String, String> made) {
        Map<String, String> left = new LinkedHashMap<>(description.derive());
        left.entrySet().removeAll(made.entrySet());
        return new LoadedModel(location, description.deriving(left), weights, sha256);
    }

    /** The directory's URI. */
    public String location() {
        return location;
    }

    /** Of the weights' bytes, tensor by tensor, as a run's report has it; in lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** What {@code model.yaml} says. */
    public ModelConfig description() {
        return description;
    }

    /** The rows with the columns that the model needs beside theirs; {@code rowsName} is how messages name them. */
    Dataset<Row> derive(Dataset<Row> rows, String rowsName, boolean labelled) {
        Map<String, String> derive = new LinkedHashMap<>(description.derive());
        if (!labelled) {
            // What a label is made of needn't be there where none is asked for.
            derive.keySet().removeAll(description.reserved());
        }
        return new DerivedColumns(derive).addTo(rows, rowsName);
    }

    /** Binds the features to the columns of rows that {@link #derive} gave. */
    FeatureBinding bind(DatasetColumns columns) {
        return FeatureBinding.of(description.features(), description.reserved(), columns);
    }

    /** What executors need. */
    NetworkSource source(List<TensorSpec> inputs) {
        return new NetworkSource(
                location, description.model(), inputs, description.labelTensor(), description.loss(), weights, sha256);
    }

    /**
     * The columns of the network's output. Builds it once on the driver: what is wrong with it is better said before any task starts.
     *
     * @throws DataException if the weights don't fit it
     */
    int outputs(NetworkSource source) {
        Torch.start(1);
        try (Network network = source.network(Device.cpu())) {
            return network.outputs();
        } catch (IllegalArgumentException e) {
            throw new DataException("Cannot load model " + location + ": " + e.getMessage(), e);
        }
    }

    /**
     * How wide what the network gives is. Predicts a row of zeros on the driver.
     *
     * @param embeds whether an embedding is asked for
     * @throws DataException if the weights don't fit the network
     * @throws IllegalArgumentException if it has no embedding
     */
    Widths widths(NetworkSource source, boolean embeds) {
        Torch.start(1);
        try (Inference inference = source.inference(Device.cpu(), 1)) {
            if (embeds) {
                inference.run(1, Set.of(Inference.Result.EMBEDDING));
            }
            return new Widths(inference.columns(), embeds ? inference.embeddingColumns() : 0);
        }
    }

    /**
     * Numbers of columns.
     *
     * @param outputs of the network
     * @param embedding of what its last layer with weights is given; 0 where nobody asked
     */
    record Widths(int outputs, int embedding) implements Serializable {}

    private static String sha256(String location, byte[] weights) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (StoredTensor tensor :
                    SafeTensors.read(ByteBuffer.wrap(weights)).tensors()) {
                digest.update(tensor.data());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new DataException(
                    "Cannot load model " + location + ": " + ModelLocation.WEIGHTS + " is damaged: " + e.getMessage(),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
