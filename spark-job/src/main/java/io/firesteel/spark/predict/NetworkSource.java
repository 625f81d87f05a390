package io.firesteel.spark.predict;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.SafeTensorsException;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.train.Inference;
import io.firesteel.engine.train.LossFunction;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;

/** All that an executor needs to build a trained network: it is broadcast. */
final class NetworkSource implements Serializable {
    private static final long serialVersionUID = 1;

    private final String location;
    private final ModelSpec model;
    private final List<TensorSpec> inputs;
    private final TensorSpec label;
    private final LossFunction loss;
    private final byte[] weights;
    private final String key;

    /**
     * @param location how messages name the model
     * @param inputs the network's
     * @param weights bytes of a safetensors file; not copied
     * @param sha256 of the weights
     */
    NetworkSource(
            String location,
            ModelSpec model,
            List<TensorSpec> inputs,
            TensorSpec label,
            LossFunction loss,
            byte[] weights,
            String sha256) {
        this.location = location;
        this.model = model;
        this.inputs = List.copyOf(inputs);
        this.label = label;
        this.loss = loss;
        this.weights = weights;
        this.key = String.join("|", sha256, model.toString(), this.inputs.toString(), label.toString(), loss.label());
    }

    /** Equal for networks that predict the same. */
    String key() {
        return key;
    }

    LossFunction loss() {
        return loss;
    }

    List<TensorSpec> inputs() {
        return inputs;
    }

    TensorSpec label() {
        return label;
    }

    /**
     * Builds the network. libtorch has been started.
     *
     * @return for its caller to close
     * @throws DataException if the weights don't fit it
     */
    Network network(Device device) {
        Network network = Network.create(model, inputs, label, 0, device, 0);
        try {
            WeightFile.load(network, SafeTensors.read(ByteBuffer.wrap(weights)).tensors(), location);
            return network;
        } catch (CheckpointException | SafeTensorsException e) {
            network.close();
            throw new DataException("Cannot load model " + location + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    /** Builds the network with room for batches of so many rows; for its caller to close. */
    Inference inference(Device device, int capacity) {
        Network network = network(device);
        try {
            return new Inference(network, inputs, label, loss, capacity);
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }
}
