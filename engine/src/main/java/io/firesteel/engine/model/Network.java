package io.firesteel.engine.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import io.firesteel.engine.data.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One copy of a model on one device, with all its weights in one block of Java-owned memory and all its gradients in
 * another, laid out by {@link #layout()}. On a CPU libtorch works in that memory itself; on a GPU {@link
 * #collectGradients()} and {@link #publishWeights()} copy.
 *
 * <p>A network belongs to the thread that trains it. The owner closes it; until then the two blocks stay reachable, as
 * libtorch reads and writes them.
 */
public final class Network implements AutoCloseable {
    private final NDManager manager;
    private final Block block;
    private final LayerDraws draws;
    private final ParameterStore parameterStore;
    private final ParameterLayout layout;
    private final List<NDArray> arrays = new ArrayList<>();
    private FlatMemory weights;
    private final int gradientFloats;
    /** Null until it is needed: it may be somebody else's. */
    private FlatMemory gradients;

    private final boolean bound;
    private final BitSet boundGradients = new BitSet();
    private final int outputs;

    private Network(
            NDManager manager, Block block, LayerDraws draws, Shape[] inputShapes, int exchangeFloats, boolean bound) {
        this.manager = manager;
        this.block = block;
        this.draws = draws;
        this.parameterStore = new DirectParameters(manager);
        List<NamedParameter> parameters = NamedParameter.of(block);
        this.layout = ParameterLayout.of(parameters);
        Stream.of(true, false)
                .flatMap(trainable -> parameters.stream().filter(p -> p.trainable() == trainable))
                .forEach(p -> arrays.add(p.parameter().getArray()));
        // Allocated memory begins where a page does; the weights are half a page away from it.
        this.weights = new FlatMemory(layout.floats(), FlatMemory.HALF_PAGE);
        this.gradientFloats = Math.addExact(layout.floats(), exchangeFloats);
        this.bound = bound;
        this.outputs = outputs(block, inputShapes);
        adoptWeights();
    }

    /**
     * Builds and initializes a network.
     *
     * @param spec which network
     * @param inputs its inputs, in order
     * @param label what it learns to predict
     * @param seed decides the first weights
     * @param device where it lives
     * @param exchangeFloats room kept at the end of {@link #gradients()} for what travels with the gradients
     * @throws IllegalArgumentException if the inputs don't fit the model
     */
    public static Network create(
            ModelSpec spec, List<TensorSpec> inputs, TensorSpec label, long seed, Device device, int exchangeFloats) {
        return create(spec, inputs, label, seed, device, exchangeFloats, device.equals(Device.cpu()));
    }

    /** @param bound whether libtorch works in the Java-owned memory itself, which it can on a CPU alone */
    static Network create(
            ModelSpec spec,
            List<TensorSpec> inputs,
            TensorSpec label,
            long seed,
            Device device,
            int exchangeFloats,
            boolean bound) {
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        try {
            Block block = spec.block(inputs, label);
            Shape[] shapes = inputs.stream().map(Network::oneRow).toArray(Shape[]::new);
            SharedGenerator.seeded(seed, () -> initialize(block, manager, inputs, shapes));
            LayerDraws draws = spec.mayDraw() ? LayerDraws.ofUser() : LayerDraws.none();
            Network network = new Network(manager, block, draws, shapes, exchangeFloats, bound);
            if (spec.initialization() == Initialization.KAIMING_UNIFORM) {
                KaimingUniform.fill(network.layout, network.weights(), seed);
                network.publishWeights();
            }
            return network;
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /** Where each parameter stands in {@link #weights()} and {@link #gradients()}. */
    public ParameterLayout layout() {
        return layout;
    }

    /** Columns C of the output (N, C). */
    public int outputs() {
        return outputs;
    }

    /** The device on which this network computes. */
    public Device device() {
        return manager.getDevice();
    }

    /** All weights and buffers: {@code layout().floats()} floats, the network's own memory. */
    public FloatBuffer weights() {
        return weights.floats();
    }

    /** All gradients, laid out as {@link #weights()}, followed by the exchange room; the network's own memory. */
    public FloatBuffer gradients() {
        return gradientMemory().floats();
    }

    /** Floats of {@link #gradients()}. */
    public int gradientFloats() {
        return gradientFloats;
    }

    private FlatMemory gradientMemory() {
        if (gradients == null) {
            gradients = new FlatMemory(gradientFloats, 0);
        }
        return gradients;
    }

    /**
     * Moves {@link #gradients()} to other memory, before the first backward pass: views of the old memory show nothing any more.
     *
     * @param memory zeros, direct, as many bytes as the gradients and the exchange room have; used as long as the network lives
     * @throws IllegalArgumentException if the memory is another size or not direct
     * @throws IllegalStateException if gradients have been collected already
     */
    public void keepGradientsIn(ByteBuffer memory) {
        check("gradients", memory, gradientFloats);
        if (!boundGradients.isEmpty()) {
            throw new IllegalStateException(
                    "Cannot keep gradients in other memory: they have been collected in this one already"
                            + " (expected before the first backward pass)");
        }
        gradients = new FlatMemory(memory);
    }

    /**
     * Moves {@link #weights()} to other memory, with what they are: views of the old memory show nothing any more.
     *
     * @param memory direct, as many bytes as the weights have; used as long as the network lives
     * @throws IllegalArgumentException if the memory is another size or not direct
     */
    public void keepWeightsIn(ByteBuffer memory) {
        check("weights", memory, layout.floats());
        FlatMemory moved = new FlatMemory(memory);
        moved.floats().put(weights.floats());
        weights = moved;
        if (bound) {
            for (int i = 0; i < arrays.size(); i++) {
                arrays.get(i).set(slice(weights, i));
            }
        }
    }

    private static void check(String what, ByteBuffer memory, int floats) {
        int bytes = floats * Float.BYTES;
        if (memory.remaining() != bytes || !memory.isDirect()) {
            throw new IllegalArgumentException("Cannot keep " + what + " in other memory: it has " + memory.remaining()
                    + (memory.isDirect() ? "" : " heap") + " bytes (expected " + bytes + ", direct)");
        }
    }

    /** Whether libtorch works in {@link #weights()} and {@link #gradients()} themselves, and not in copies on a device. */
    public boolean sharesMemory() {
        return bound;
    }

    /** A scope for the arrays of one batch; the caller closes it. */
    public NDManager newScope() {
        return manager.newSubManager();
    }

    /**
     * Makes what layers draw in training, such as the masks of a user's Dropout, depend on this seed alone: in every forward pass
     * from now on. Without it, on what has been drawn in this process before.
     */
    public void seedDraws(long seed) {
        draws.seed(seed);
    }

    /** Runs the network on inputs (N, …); the outputs live in the inputs' manager. */
    public NDList forward(NDList inputs, ForwardMode mode) {
        boolean training = mode == ForwardMode.TRAINING;
        return training && draws.matter()
                ? draws.run(manager, () -> block.forward(parameterStore, inputs, true))
                : block.forward(parameterStore, inputs, training);
    }

    /**
     * Runs the network on inputs (N, …) as in evaluation, layer by layer; the outputs live in the inputs' manager.
     *
     * @return what {@link #forward} gives first, and what the last layer that has weights was given
     * @throws IllegalArgumentException if the network isn't a sequence of layers
     */
    public NDList forwardWithEmbedding(NDList inputs) {
        List<Block> layers = layers();
        int last = lastWithWeights(layers);
        NDList values = inputs;
        NDArray embedding = null;
        for (int i = 0; i < layers.size(); i++) {
            embedding = i == last ? values.get(0) : embedding;
            values = layers.get(i).forward(parameterStore, values, false);
        }
        return new NDList(values.get(0), embedding);
    }

    private List<Block> layers() {
        if (!(block instanceof SequentialBlock sequence)
                || lastWithWeights(sequence.getChildren().values()) < 0) {
            throw new IllegalArgumentException("Cannot compute embeddings: the model is a "
                    + block.getClass().getName() + " (expected a " + SequentialBlock.class.getName()
                    + " with weights, of which the last layer with weights is given the embedding)");
        }
        return sequence.getChildren().values();
    }

    private static int lastWithWeights(List<Block> layers) {
        int last = layers.size() - 1;
        while (last >= 0 && layers.get(last).getParameters().isEmpty()) {
            last--;
        }
        return last;
    }

    /** Adds the derivatives of a scalar to the gradients; after {@link #collectGradients()} they stand in {@link #gradients()}. */
    public void backward(NDArray scalar) {
        Torch.backward(scalar);
    }

    /**
     * Adds the derivatives of a scalar that was computed from the outputs elsewhere to the gradients, as {@link #backward(NDArray)} does.
     *
     * @param outputs of a forward pass, float32 (N, C)
     * @param derivative of the scalar with respect to the outputs, float32 (N, C)
     */
    public void backward(NDArray outputs, NDArray derivative) {
        Torch.backward(outputs, derivative);
    }

    /** Sets all gradients and the exchange room to 0. */
    public void zeroGradients() {
        gradientMemory().zero();
        if (!bound) {
            forEach(true, i -> Torch.zeroGradient(arrays.get(i)));
        }
    }

    /** Brings the gradients into {@link #gradients()}: on a CPU they stand there already, after the first time. */
    public void collectGradients() {
        forEach(true, i -> {
            if (!boundGradients.get(i)) {
                collectGradient(i);
            }
        });
    }

    /** Brings the buffers that a forward pass changed into {@link #weights()}: on a CPU they stand there already. */
    public void collectBuffers() {
        if (!bound) {
            forEach(false, i -> copy(arrays.get(i), slice(weights, i)));
        }
    }

    /** Makes the network compute with what {@link #weights()} holds: call after each write to it. */
    public void publishWeights() {
        if (!bound) {
            for (int i = 0; i < arrays.size(); i++) {
                arrays.get(i).set(slice(weights, i));
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private static Block initialize(Block block, NDManager manager, List<TensorSpec> inputs, Shape[] shapes) {
        try {
            block.initialize(manager, DataType.FLOAT32, shapes);
            return block;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Cannot build the model for inputs " + inputs + ": " + e.getMessage(), e);
        }
    }

    private static Shape oneRow(TensorSpec input) {
        long[] sizes = LongStream.concat(
                        LongStream.of(1), input.shape().stream().mapToLong(Integer::longValue))
                .toArray();
        return new Shape(sizes);
    }

    private static int outputs(Block block, Shape[] inputShapes) {
        Shape output = block.getOutputShapes(inputShapes)[0];
        return Math.toIntExact(output.size() / output.get(0));
    }

    private void adoptWeights() {
        for (int i = 0; i < arrays.size(); i++) {
            NDArray array = arrays.get(i);
            ByteBuffer slice = slice(weights, i);
            copy(array, slice);
            if (bound) {
                array.set(slice);
            }
            array.setRequiresGradient(layout.entries().get(i).trainable());
        }
    }

    /** A parameter has no gradient before it first takes part in a backward pass; it may never do. */
    private void collectGradient(int i) {
        try (NDManager scope = manager.newSubManager();
                NDArray gradient = Torch.gradient(arrays.get(i))) {
            if (gradient == null) {
                return;
            }
            gradient.attach(scope);
            ByteBuffer slice = slice(gradientMemory(), i);
            copy(gradient, slice);
            if (bound) {
                gradient.set(slice);
                boundGradients.set(i);
            }
        }
    }

    private void forEach(boolean trainable, IntConsumer action) {
        for (int i = 0; i < arrays.size(); i++) {
            if (layout.entries().get(i).trainable() == trainable) {
                action.accept(i);
            }
        }
    }

    private ByteBuffer slice(FlatMemory memory, int i) {
        ParameterLayout.Entry entry = layout.entries().get(i);
        return memory.slice(entry.offset(), entry.length());
    }

    private static void copy(NDArray source, ByteBuffer target) {
        target.duplicate().put(source.toByteBuffer(true));
    }

    /** Hands out the parameters' own arrays: DJL's store would look each up in a map, by an identity that differs per process. */
    private static final class DirectParameters extends ParameterStore {
        DirectParameters(NDManager manager) {
            super(manager, false);
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            return parameter.getArray();
        }
    }
}
