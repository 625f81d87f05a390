package io.firesteel.engine.optim;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * An optimizer's kind and hyper-parameters, as the job file names them: a value that crosses Spark. In the equations of the
 * kinds, w are weights, g their mean gradients, η the learning rate, λ the weight decay, and t the number of the step, from
 * 1.
 */
public sealed interface OptimizerSpec extends Serializable
        permits Sgd, Adam, AdamW, RmsProp, Adagrad, Adadelta, NAdam, RAdam, Lion, Lamb, Lars {
    /** The step size, greater than 0. */
    double learningRate();

    /** How fast weights shrink, &gt;= 0. */
    double weightDecay();

    /** The hyper-parameters that can change from step to step, with the values that they begin with. */
    Map<Tunable, Double> tunables();

    /** The arithmetic, for {@link Optimization#create}. */
    UpdateRule rule();

    /**
     * An optimizer that has taken no step and treats all parameters as one.
     *
     * @param parameters elements of the flat buffers that it will update, padding included, &gt;= 0
     * @throws IllegalArgumentException if {@code parameters} is negative
     */
    default Optimizer create(int parameters) {
        if (parameters < 0) {
            throw new IllegalArgumentException("Invalid parameters: " + parameters + " (must be >= 0)");
        }
        ParameterSegment all = new ParameterSegment("parameters", 0, parameters);
        return Optimization.of(this).create(List.of(all), 0, parameters, BlockSums.whole());
    }
}
