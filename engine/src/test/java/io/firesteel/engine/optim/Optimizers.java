package io.firesteel.engine.optim;

import static java.util.Map.entry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Every kind of optimizer, and memory to test it on. */
final class Optimizers {
    /** The configurations of make_facts.py, by the same names. */
    static final Map<String, OptimizerSpec> SPECS = Map.ofEntries(
            entry("sgd", new Sgd(0.1, 0, false, 0)),
            entry("sgd-decay", new Sgd(0.1, 0, false, 0.01)),
            entry("sgd-momentum", new Sgd(0.01, 0.9, false, 0)),
            entry("sgd-nesterov-decay", new Sgd(0.01, 0.9, true, 0.001)),
            entry("sgd-dampening", new Sgd(0.01, 0.9, 0.3, false, 0.001)),
            entry("adam", new Adam(0.001, 0.9, 0.999, 1e-8, 0)),
            entry("adam-decay", new Adam(0.003, 0.8, 0.99, 1e-6, 0.1)),
            entry("adam-low-beta", new Adam(0.002, 0.3, 0.9, 1e-8, 0)),
            entry("adamw", new AdamW(0.001, 0.9, 0.999, 1e-8, 0.01)),
            entry("rmsprop", new RmsProp(0.01, 0.99, 1e-8, 0, false, 0)),
            entry("rmsprop-centered", new RmsProp(0.01, 0.99, 1e-8, 0.8, true, 0)),
            entry("rmsprop-momentum", new RmsProp(0.0003, 0.9, 1e-6, 0.8, false, 0.01)),
            entry("adagrad", new Adagrad(0.01, 0, 0, 1e-10, 0)),
            entry("adagrad-all", new Adagrad(0.05, 0.01, 0.1, 1e-8, 0.01)),
            entry("adadelta", new Adadelta(1, 0.9, 1e-6, 0)),
            entry("adadelta-decay", new Adadelta(0.5, 0.8, 1e-5, 0.01)),
            entry("nadam", new NAdam(0.002, 0.9, 0.999, 1e-8, 0.004, 0, false)),
            entry("nadam-decay", new NAdam(0.002, 0.9, 0.999, 1e-8, 0.004, 0.1, false)),
            entry("nadam-decoupled", new NAdam(0.003, 0.8, 0.99, 1e-6, 0.01, 0.1, true)),
            entry("radam", new RAdam(0.001, 0.9, 0.999, 1e-8, 0, false)),
            entry("radam-decay", new RAdam(0.001, 0.9, 0.999, 1e-8, 0.1, false)),
            entry("radam-decoupled", new RAdam(0.003, 0.8, 0.99, 1e-6, 0.1, true)),
            entry("lion", new Lion(1e-4, 0.9, 0.99, 0)),
            entry("lion-decay", new Lion(0.003, 0.8, 0.95, 0.1)),
            entry("lamb", new Lamb(0.001, 0.9, 0.999, 1e-6, 0.01)),
            entry("lamb-no-decay", new Lamb(0.01, 0.8, 0.99, 1e-8, 0)),
            entry("lars", new Lars(0.1, 0.9, 0.001, 1e-4)),
            entry("lars-no-momentum", new Lars(1, 0, 0.02, 0.01)));

    private Optimizers() {}

    static Stream<String> names() {
        return SPECS.keySet().stream().sorted();
    }

    /** Those whose update of an element depends on this element alone. */
    static Stream<String> elementwiseNames() {
        return names().filter(name -> !name.startsWith("lamb") && !name.startsWith("lars"));
    }

    /** An optimizer for all of these segments, up to {@code size}. */
    static Optimizer whole(Optimization optimization, List<ParameterSegment> segments, int size, boolean lanes) {
        return optimization.create(segments, 0, size, BlockSums.whole(), lanes);
    }

    /** Parameters of many sizes with gaps between some, so that parts of blocks, whole blocks and several are among them. */
    static List<ParameterSegment> segments(int size) {
        int third = size / 3;
        return List.of(
                new ParameterSegment("0.weight", 0, third),
                new ParameterSegment("0.bias", third, Math.min(10, size - third)),
                new ParameterSegment("1.weight", Math.min(size, third + 16), size - Math.min(size, third + 16)));
    }

    static FloatBuffer gaussian(int size, Random random) {
        FloatBuffer buffer = direct(size);
        for (int i = 0; i < size; i++) {
            buffer.put(i, (float) random.nextGaussian());
        }
        return buffer;
    }

    static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(buffer.position(), values);
        return values;
    }

    /** A direct copy. */
    static FloatBuffer copy(FloatBuffer buffer) {
        return direct(buffer.remaining()).put(0, array(buffer));
    }
}
