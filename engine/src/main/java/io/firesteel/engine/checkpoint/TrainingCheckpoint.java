package io.firesteel.engine.checkpoint;

import io.firesteel.engine.event.Progress;
import io.firesteel.engine.optim.OptimizerState;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run needs to go on as if it had never stopped. Its bytes are one safetensors file, whose header is the
 * manifest: weights as {@code model/NAME}, optimizer slots as {@code optimizer/NAME}, unfinished metric states as {@code
 * state/NAME}, what engines keep as {@code engine/ENGINE/…}, counts and metrics in the metadata. One file is published atomically on any store; and any safetensors reader opens it.
 *
 * @param progress where the run is in its epochs and data
 * @param samples training rows used so far
 * @param weights by name, as {@link WeightFile} has them
 * @param optimizer state of the optimizer
 * @param states bytes of states that the unfinished epoch has gathered, by name
 * @param metrics values of the last completed epoch, by name; each digit of them stands in the manifest
 * @param engines what engines keep besides their position, by the engines' names; empty in files of programs that saved none
 * @param shelf which other checkpoints are kept, and whether the run was about to end
 */
public record TrainingCheckpoint(
        Progress progress,
        long samples,
        List<StoredTensor> weights,
        OptimizerState optimizer,
        Map<String, byte[]> states,
        Map<String, Double> metrics,
        Map<String, EngineState> engines,
        Shelf shelf) {
    private static final String FORMAT = "firesteel.checkpoint/1";
    private static final String MODEL = "model/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String STATE = "state/";
    private static final String PROGRESS = "progress.";
    private static final String METRIC = "metric.";
    private static final String SAMPLES = "samples";
    private static final String STEPS = "optimizer.steps";

    public TrainingCheckpoint {
        weights = List.copyOf(weights);
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        engines = Collections.unmodifiableMap(new LinkedHashMap<>(engines));
    }

    /**
     * The file.
     *
     * @throws CheckpointException if it would have 2 GiB or more
     */
    public byte[] toBytes() {
        List<StoredTensor> tensors = new ArrayList<>();
        weights.forEach(weight ->
                tensors.add(new StoredTensor(MODEL + weight.name(), weight.type(), weight.shape(), weight.data())));
        optimizer
                .slots()
                .forEach((name, values) -> tensors.add(StoredTensor.ofFloats(
                        OPTIMIZER + name, List.of((long) values.length), FloatBuffer.wrap(values))));
        states.forEach((name, bytes) -> tensors.add(
                new StoredTensor(STATE + name, StoredType.U8, List.of((long) bytes.length), ByteBuffer.wrap(bytes))));
        tensors.addAll(EngineTensors.of(engines));
        try {
            return new SafeTensors(tensors, metadata()).toBytes();
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("Cannot save checkpoint: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a checkpoint.
     *
     * @param location how messages name it
     * @throws CheckpointException if the bytes aren't a checkpoint of this version
     */
    public static TrainingCheckpoint fromBytes(byte[] bytes, String location) {
        try {
            return of(SafeTensors.read(ByteBuffer.wrap(bytes)));
        } catch (SafeTensorsException | IllegalArgumentException | IllegalStateException e) {
            throw new CheckpointException("Cannot read checkpoint " + location + ": " + e.getMessage(), e);
        }
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        progress.toMap().forEach((name, value) -> metadata.put(PROGRESS + name, value.toString()));
        metadata.put(SAMPLES, Long.toString(samples));
        metadata.put(STEPS, Long.toString(optimizer.steps()));
        metrics.forEach((name, value) -> metadata.put(METRIC + name, value.toString()));
        metadata.putAll(shelf.toMetadata());
        return metadata;
    }

    private static TrainingCheckpoint of(SafeTensors file) {
        String format = file.metadata().get("format");
        if (!FORMAT.equals(format)) {
            throw new IllegalArgumentException("its format is " + format + " (expected " + FORMAT + ")");
        }
        Map<String, float[]> slots = new LinkedHashMap<>();
        named(file, OPTIMIZER).forEach((name, tensor) -> slots.put(name, floats(tensor)));
        List<StoredTensor> weights = new ArrayList<>();
        named(file, MODEL)
                .forEach((name, tensor) ->
                        weights.add(new StoredTensor(name, tensor.type(), tensor.shape(), tensor.data())));
        return new TrainingCheckpoint(
                progress(file.metadata()),
                Numbers.whole(file.metadata(), SAMPLES),
                weights,
                new OptimizerState(Numbers.whole(file.metadata(), STEPS), slots),
                bytes(file, STATE),
                metrics(file.metadata()),
                EngineTensors.read(bytes(file, EngineTensors.PREFIX)),
                Shelf.of(file.metadata()));
    }

    private static Map<String, Double> metrics(Map<String, String> metadata) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metadata.forEach((name, value) -> {
            if (name.startsWith(METRIC)) {
                metrics.put(name.substring(METRIC.length()), Numbers.decimal(metadata, name));
            }
        });
        return metrics;
    }

    private static Progress progress(Map<String, String> metadata) {
        Map<String, Long> progress = new LinkedHashMap<>();
        for (String name : metadata.keySet()) {
            if (name.startsWith(PROGRESS)) {
                progress.put(name.substring(PROGRESS.length()), Numbers.whole(metadata, name));
            }
        }
        return Progress.fromMap(progress);
    }

    private static Map<String, StoredTensor> named(SafeTensors file, String prefix) {
        Map<String, StoredTensor> found = new LinkedHashMap<>();
        for (StoredTensor tensor : file.tensors()) {
            if (tensor.name().startsWith(prefix)) {
                found.put(tensor.name().substring(prefix.length()), tensor);
            }
        }
        return found;
    }

    private static float[] floats(StoredTensor tensor) {
        FloatBuffer values = tensor.floats();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }

    private static Map<String, byte[]> bytes(SafeTensors file, String prefix) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        named(file, prefix).forEach((name, tensor) -> found.put(name, bytes(tensor)));
        return found;
    }

    private static byte[] bytes(StoredTensor tensor) {
        ByteBuffer data = tensor.data();
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        return copy;
    }
}
