package io.firesteel.spark.barrier;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.model.Network;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;

/** The weights of another training, as those to begin with. */
public final class InitialWeights {
    private InitialWeights() {}

    /**
     * Puts the weights of a file into a network.
     *
     * @param location Hadoop path or URI of a safetensors file
     * @throws DataException if it can't be read
     * @throws IllegalArgumentException if its weights are those of another model
     */
    public static void load(Network network, String location, Configuration hadoop) {
        int slash = location.lastIndexOf('/');
        String directory = slash < 0 ? "." : location.substring(0, Math.max(slash, 1));
        try (InputStream in = ArtifactDirectory.of(directory, hadoop).open(location.substring(slash + 1))) {
            WeightFile.load(network, SafeTensors.read(in).tensors(), location);
        } catch (ArtifactException e) {
            throw new DataException(e.getMessage() + " (see train.initialWeights)", e);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read initial weights " + location + ": " + e.getMessage() + " (see train.initialWeights)",
                    e);
        } catch (CheckpointException e) {
            throw new IllegalArgumentException(e.getMessage() + " (see train.initialWeights)", e);
        }
    }
}
