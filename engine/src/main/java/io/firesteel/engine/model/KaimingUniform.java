package io.firesteel.engine.model;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * PyTorch's default initialization of linear and convolutional layers (He et al. 2015 with a = √5): weights and biases
 * uniform in ±1/√fan_in, see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a>.
 * Drawn in Java from a generator per parameter, so the bits depend on the seed and the layout alone.
 */
final class KaimingUniform {
    private KaimingUniform() {}

    static void fill(ParameterLayout layout, FloatBuffer weights, long seed) {
        Map<String, ParameterLayout.Entry> byName = layout.byName();
        SplittableRandom seeds = new SplittableRandom(seed);
        for (ParameterLayout.Entry entry : layout.entries()) {
            SplittableRandom random = seeds.split();
            double bound = 1 / Math.sqrt(fanIn(entry, byName));
            for (int i = 0; i < entry.length(); i++) {
                weights.put(entry.offset() + i, (float) ((2 * random.nextDouble() - 1) * bound));
            }
        }
    }

    private static double fanIn(ParameterLayout.Entry entry, Map<String, ParameterLayout.Entry> byName) {
        String layer = entry.name().substring(0, entry.name().lastIndexOf('.') + 1);
        ParameterLayout.Entry weight = byName.get(layer + "weight");
        return weight.length() / (double) weight.shape().get(0);
    }
}
