package io.firesteel.engine.checkpoint;

import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.ParameterLayout;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A network's weights and buffers under PyTorch's names, as a safetensors file and as a hash. */
public final class WeightFile {
    private final List<StoredTensor> tensors;

    private WeightFile(List<StoredTensor> tensors) {
        this.tensors = tensors;
    }

    /** A copy of a network's weights. */
    public static WeightFile of(Network network) {
        FloatBuffer weights = network.weights();
        return new WeightFile(network.layout().entries().stream()
                .map(entry -> tensor(entry, weights))
                .toList());
    }

    /** The tensors, in the order of the layout. */
    public List<StoredTensor> tensors() {
        return tensors;
    }

    /**
     * Puts stored weights into a network.
     *
     * @param tensors one for each of the network's parameters, in any order
     * @param location how messages name where they come from
     * @throws CheckpointException if a parameter is missing or has another shape or type
     */
    public static void load(Network network, List<StoredTensor> tensors, String location) {
        Map<String, StoredTensor> byName =
                tensors.stream().collect(Collectors.toMap(StoredTensor::name, Function.identity()));
        List<ParameterLayout.Entry> entries = network.layout().entries();
        FloatBuffer weights = network.weights();
        for (ParameterLayout.Entry entry : entries) {
            StoredTensor tensor = byName.get(entry.name());
            if (tensor == null
                    || tensor.type() != StoredType.F32
                    || !tensor.shape().equals(entry.shape())) {
                throw new CheckpointException("Cannot load weights from " + location + ": " + entry.name() + " is "
                        + (tensor == null ? "missing" : tensor.type() + " " + tensor.shape()) + " (expected "
                        + StoredType.F32 + " " + entry.shape() + "; it has " + tensors.size()
                        + " tensors, the model " + entries.size() + ")");
            }
            weights.put(entry.offset(), tensor.floats(), 0, entry.length());
        }
        network.publishWeights();
    }

    /** The file. */
    public byte[] toBytes() {
        return new SafeTensors(tensors, Map.of("format", "pt")).toBytes();
    }

    /** SHA-256 over the bytes of all tensors, little-endian, in the order of the layout; in lower-case hexadecimal. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            tensors.forEach(tensor -> digest.update(tensor.data()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether every value is a finite number. */
    public boolean isFinite() {
        for (StoredTensor tensor : tensors) {
            FloatBuffer values = tensor.floats();
            while (values.hasRemaining()) {
                if (!Float.isFinite(values.get())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static StoredTensor tensor(ParameterLayout.Entry entry, FloatBuffer weights) {
        return StoredTensor.ofFloats(entry.name(), entry.shape(), weights.slice(entry.offset(), entry.length()));
    }
}
