package io.firesteel.engine.model;

import ai.djl.Device;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import io.firesteel.engine.Facts;
import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.StoredTensor;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import java.util.List;
import java.util.Map;

/**
 * The networks of which PyTorch's weights and results lie under {@code facts}.
 *
 * @param name of the files
 * @param spec our network of the same structure
 * @param shape of the input
 * @param prefix what our names have before PyTorch's
 */
public record NetworkFacts(String name, ModelSpec spec, List<Integer> shape, String prefix) {
    public static final NetworkFacts MLP = new NetworkFacts(
            "mlp", new Mlp(List.of(128, 64), 10, io.firesteel.engine.model.Activation.RELU), List.of(64), "");
    public static final NetworkFacts LENET = new NetworkFacts("lenet", new LeNet(10), List.of(1, 28, 28), "");
    /** PyTorch's is a layer of its own, ours comes after a flattening one. */
    public static final NetworkFacts LINEAR = new NetworkFacts("linear", new Linear(1), List.of(64), "1.");

    public static final NetworkFacts BATCH_NORM =
            new NetworkFacts("batchnorm", new UserModel(Normed.class.getName(), Map.of()), List.of(8), "");

    /** Flatten, Linear(8, 6), BatchNorm1d(6), ReLU, Linear(6, 3). */
    public static final class Normed implements ModelFactory {
        @Override
        public Block create(List<TensorSpec> inputs, TensorSpec label, Map<String, String> options) {
            return new SequentialBlock()
                    .add(Layers.flatten(inputs))
                    .add(Layers.linear(6))
                    .add(BatchNorm.builder().build())
                    .add(Activation.reluBlock())
                    .add(Layers.linear(3));
        }
    }

    /** The network with PyTorch's weights; the caller closes it. */
    public Network network() {
        Network network = Network.create(spec, List.of(input()), label(), 1, Device.cpu(), 0);
        for (StoredTensor tensor : weights().tensors()) {
            ParameterLayout.Entry entry = network.layout().byName().get(prefix + tensor.name());
            if (entry == null || !entry.shape().equals(tensor.shape())) {
                throw new AssertionError(tensor.name() + " " + tensor.shape() + " isn't " + entry);
            }
            network.weights().slice(entry.offset(), entry.length()).put(tensor.floats());
        }
        network.publishWeights();
        return network;
    }

    /** PyTorch's weights. */
    public SafeTensors weights() {
        return Facts.tensors(name + "-weights.safetensors");
    }

    /** What PyTorch was given and computed. */
    public SafeTensors io() {
        return Facts.tensors(name + "-io.safetensors");
    }

    @Override
    public String toString() {
        return name;
    }

    private TensorSpec input() {
        return new TensorSpec("inputs", ElementType.FLOAT32, shape);
    }

    private TensorSpec label() {
        return equals(LINEAR)
                ? new TensorSpec("target", ElementType.FLOAT32, List.of(1))
                : new TensorSpec("class", ElementType.INT64, List.of());
    }
}
