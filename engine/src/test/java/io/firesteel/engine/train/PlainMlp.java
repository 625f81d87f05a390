package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.StoredTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A multilayer perceptron with ReLU and softmax cross entropy in plain double arithmetic, row by row, from an exported file of
 * weights: written after the textbook, sharing nothing with the code that is tested.
 */
final class PlainMlp {
    private static final class Layer {
        private final String name;
        private final double[][] weight;
        private final double[] bias;

        Layer(String name, double[][] weight, double[] bias) {
            this.name = name;
            this.weight = weight;
            this.bias = bias;
        }
    }

    private final List<Layer> layers = new ArrayList<>();

    PlainMlp(SafeTensors weights) {
        weights.tensors().stream()
                .filter(tensor -> tensor.name().endsWith(".weight"))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(weight -> {
                    String name = weight.name().substring(0, weight.name().length() - ".weight".length());
                    layers.add(new Layer(name, matrix(weight), vector(weights.tensor(name + ".bias"))));
                });
    }

    /** Logits. */
    double[] logits(float[] features) {
        double[][] values = forward(features);
        return values[layers.size()];
    }

    /** Softmax cross entropy of a row. */
    double loss(float[] features, long label) {
        double[] logits = logits(features);
        double largest = Arrays.stream(logits).max().orElseThrow();
        double sum =
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).sum();
        return Math.log(sum) + largest - logits[(int) label];
    }

    /** The class with the largest logit. */
    int predicted(float[] features) {
        double[] logits = logits(features);
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** A gradient of zeros, by the names of the weights. */
    Map<String, double[]> zeroGradient() {
        Map<String, double[]> zero = new LinkedHashMap<>();
        for (Layer layer : layers) {
            zero.put(layer.name + ".weight", new double[layer.weight.length * layer.weight[0].length]);
            zero.put(layer.name + ".bias", new double[layer.bias.length]);
        }
        return zero;
    }

    /** Adds the gradient of one row's loss times its weight. */
    void addGradient(Map<String, double[]> gradient, float[] features, long label, double rowWeight) {
        double[][] values = forward(features);
        double[] delta = softmax(values[layers.size()]);
        delta[(int) label] -= 1;
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            double[] input = values[i];
            double[] weights = gradient.get(layer.name + ".weight");
            double[] biases = gradient.get(layer.name + ".bias");
            double[] before = new double[input.length];
            for (int row = 0; row < delta.length; row++) {
                biases[row] += rowWeight * delta[row];
                for (int column = 0; column < input.length; column++) {
                    weights[row * input.length + column] += rowWeight * delta[row] * input[column];
                    before[column] += delta[row] * layer.weight[row][column];
                }
            }
            for (int column = 0; column < input.length; column++) {
                // The input of a hidden layer has gone through ReLU: it is 0 where nothing passes.
                before[column] = input[column] > 0 ? before[column] : 0;
            }
            delta = before;
        }
    }

    /** The input of each layer, and at the end the logits. */
    private double[][] forward(float[] features) {
        double[][] values = new double[layers.size() + 1][];
        values[0] = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            values[0][i] = features[i];
        }
        for (int i = 0; i < layers.size(); i++) {
            values[i + 1] = apply(layers.get(i), values[i], i < layers.size() - 1);
        }
        return values;
    }

    private static double[] apply(Layer layer, double[] input, boolean hidden) {
        double[] output = layer.bias.clone();
        for (int row = 0; row < output.length; row++) {
            for (int column = 0; column < input.length; column++) {
                output[row] += layer.weight[row][column] * input[column];
            }
            output[row] = hidden ? Math.max(0, output[row]) : output[row];
        }
        return output;
    }

    private static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double[] powers =
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    private static double[][] matrix(StoredTensor tensor) {
        FloatBuffer values = tensor.floats();
        double[][] matrix = new double[Math.toIntExact(tensor.shape().get(0))]
                [Math.toIntExact(tensor.shape().get(1))];
        for (double[] row : matrix) {
            for (int column = 0; column < row.length; column++) {
                row[column] = values.get();
            }
        }
        return matrix;
    }

    private static double[] vector(StoredTensor tensor) {
        FloatBuffer values = tensor.floats();
        double[] vector = new double[values.remaining()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = values.get();
        }
        return vector;
    }
}
