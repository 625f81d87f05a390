package io.firesteel.engine.checkpoint;

import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.ParameterLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A network's weights and buffers under PyTorch's names, as a safetensors file and as a hash. */
public final class WeightFile {
    private final List<StoredTensor> tensors;

    private WeightFile(List<StoredTensor> tensors) {
        this.tensors = tensors;
    }

    /** A view of a network's weights: it changes as they do, and must not outlive the network. */
    public static WeightFile of(Network network) {
        FloatBuffer weights = network.weights();
        return new WeightFile(network.layout().entries().stream()
                .map(entry -> tensor(entry, weights))
                .toList());
    }

    /** The file. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new SafeTensors(tensors, Map.of("format", "pt")).writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
