package io.firesteel.engine.optim;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Parameters that learn at a rate or shrink at a rate of their own, as the {@code param_groups} of PyTorch's optimizers do.
 * Biases and the scales of normalizations are often left without weight decay; a rate of 0 keeps parameters as they are.
 *
 * @param parameters which: a name, or a pattern in which {@code *} stands for any characters and {@code ?} for one
 * @param learningRate takes the place of the optimizer's; a schedule that changes the optimizer's changes this one in
 *     proportion; finite and &gt;= 0
 * @param weightDecay takes the place of the optimizer's, which changes it in proportion too; finite and &gt;= 0
 */
public record ParameterGroup(String parameters, double learningRate, double weightDecay) implements Serializable {
    public ParameterGroup {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("Invalid parameters: empty (must be a name or pattern, such as *.bias)");
        }
        Hyperparameter.notNegative("learningRate", learningRate);
        Hyperparameter.notNegative("weightDecay", weightDecay);
    }

    /** Whether a parameter's name fits the pattern, as a whole. */
    boolean matches(String name) {
        String expression = Pattern.quote(parameters).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.matches(expression, name);
    }
}
