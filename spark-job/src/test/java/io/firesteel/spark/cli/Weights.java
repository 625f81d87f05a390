package io.firesteel.spark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a safetensors file by its public description, without the project's code: float32 tensors by name. */
record Weights(Map<String, Tensor> tensors) {
    /** Values in row-major order. */
    record Tensor(List<Long> shape, List<Float> values) {}

    static Weights read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int headerBytes = Math.toIntExact(bytes.getLong(0));
            String header = new String(bytes.array(), Long.BYTES, headerBytes, StandardCharsets.UTF_8);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            TrainingRuns.json(header).properties().forEach(field -> {
                if (!field.getKey().equals("__metadata__")) {
                    tensors.put(field.getKey(), tensor(field.getValue(), bytes, Long.BYTES + headerBytes));
                }
            });
            return new Weights(tensors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tensor tensor(JsonNode entry, ByteBuffer bytes, int dataStart) {
        if (!entry.get("dtype").asText().equals("F32")) {
            throw new IllegalStateException("Not F32: " + entry);
        }
        int begin = dataStart + entry.get("data_offsets").get(0).asInt();
        int end = dataStart + entry.get("data_offsets").get(1).asInt();
        List<Float> values = new ArrayList<>();
        for (int at = begin; at < end; at += Float.BYTES) {
            values.add(bytes.getFloat(at));
        }
        List<Long> shape = new ArrayList<>();
        entry.get("shape").forEach(size -> shape.add(size.asLong()));
        return new Tensor(shape, values);
    }

    /** The only tensor with this many axes. */
    Tensor ofAxes(int axes) {
        return tensors.values().stream()
                .filter(tensor -> tensor.shape.size() == axes)
                .reduce((a, b) -> {
                    throw new IllegalStateException("Several tensors of " + axes + " axes: " + tensors.keySet());
                })
                .orElseThrow();
    }

    /** The outputs of a linear model, in double. */
    double[] linear(List<Double> features) {
        Tensor weight = ofAxes(2);
        Tensor bias = ofAxes(1);
        double[] outputs = new double[bias.values.size()];
        for (int o = 0; o < outputs.length; o++) {
            outputs[o] = bias.values.get(o);
            for (int f = 0; f < features.size(); f++) {
                outputs[o] += weight.values.get(o * features.size() + f) * features.get(f);
            }
        }
        return outputs;
    }
}
