package io.firesteel.spark.config;

import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.AdamW;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code optimizer}; the defaults are those of PyTorch. */
final class OptimizerSection {
    private static final Key<String> TYPE_KEY =
            Key.required("type", ScalarTypes.oneOf(List.of("sgd", "adam", "adamw"), label -> label));
    private static final Key<Double> LEARNING_RATE =
            Key.withDefault("learningRate", ScalarTypes.number("> 0", value -> value > 0), "0.001");
    private static final Key<Double> MOMENTUM = Key.withDefault("momentum", fraction(), "0");
    private static final Key<Boolean> NESTEROV = Key.withDefault("nesterov", ScalarTypes.bool(), "false");
    private static final Key<Double> BETA1 = Key.withDefault("beta1", fraction(), "0.9");
    private static final Key<Double> BETA2 = Key.withDefault("beta2", fraction(), "0.999");
    private static final Key<Double> EPSILON =
            Key.withDefault("epsilon", ScalarTypes.number("> 0", value -> value > 0), "1e-8");
    private static final Key<Double> WEIGHT_DECAY = weightDecay("0");
    private static final Key<Double> DECOUPLED_WEIGHT_DECAY = weightDecay("0.01");

    private static final Schema SGD =
            new Schema("type sgd", List.of(TYPE_KEY, LEARNING_RATE, MOMENTUM, NESTEROV, WEIGHT_DECAY));
    private static final Schema ADAM =
            new Schema("type adam", List.of(TYPE_KEY, LEARNING_RATE, BETA1, BETA2, EPSILON, WEIGHT_DECAY));
    private static final Schema ADAMW =
            new Schema("type adamw", List.of(TYPE_KEY, LEARNING_RATE, BETA1, BETA2, EPSILON, DECOUPLED_WEIGHT_DECAY));
    private static final List<Variant<OptimizerSpec, ? extends OptimizerSpec>> VARIANTS = List.of(
            new Variant<>("sgd", Sgd.class, SGD, OptimizerSection::readSgd, OptimizerSection::writeSgd),
            new Variant<>("adam", Adam.class, ADAM, OptimizerSection::readAdam, OptimizerSection::writeAdam),
            new Variant<>("adamw", AdamW.class, ADAMW, OptimizerSection::readAdamW, OptimizerSection::writeAdamW));

    static final ValueType<OptimizerSpec> TYPE = ValueType.section(
            OptimizerSection::read, optimizer -> Variant.write(optimizer, VARIANTS), Variant.schemas(VARIANTS));

    private OptimizerSection() {}

    private static ValueType<Double> fraction() {
        return ScalarTypes.number(">= 0 and < 1", value -> value >= 0 && value < 1);
    }

    private static Key<Double> weightDecay(String defaultText) {
        return Key.withDefault("weightDecay", ScalarTypes.number(">= 0", value -> value >= 0), defaultText);
    }

    private static Optional<OptimizerSpec> read(Section section) {
        String type = section.read(TYPE_KEY);
        return VARIANTS.stream()
                .filter(variant -> variant.label().equals(type))
                .findFirst()
                .flatMap(variant -> variant.read(section));
    }

    private static Optional<Sgd> readSgd(Section section) {
        Double learningRate = section.read(LEARNING_RATE);
        Double momentum = section.read(MOMENTUM);
        Boolean nesterov = section.read(NESTEROV);
        Double weightDecay = section.read(WEIGHT_DECAY);
        return section.build(SGD, () -> new Sgd(learningRate, momentum, nesterov, weightDecay));
    }

    private static void writeSgd(Sgd sgd, Map<String, Object> mapping) {
        TYPE_KEY.write("sgd", mapping);
        LEARNING_RATE.write(sgd.learningRate(), mapping);
        MOMENTUM.write(sgd.momentum(), mapping);
        NESTEROV.write(sgd.nesterov(), mapping);
        WEIGHT_DECAY.write(sgd.weightDecay(), mapping);
    }

    private static Optional<Adam> readAdam(Section section) {
        Double learningRate = section.read(LEARNING_RATE);
        Double beta1 = section.read(BETA1);
        Double beta2 = section.read(BETA2);
        Double epsilon = section.read(EPSILON);
        Double weightDecay = section.read(WEIGHT_DECAY);
        return section.build(ADAM, () -> new Adam(learningRate, beta1, beta2, epsilon, weightDecay));
    }

    private static void writeAdam(Adam adam, Map<String, Object> mapping) {
        TYPE_KEY.write("adam", mapping);
        LEARNING_RATE.write(adam.learningRate(), mapping);
        BETA1.write(adam.beta1(), mapping);
        BETA2.write(adam.beta2(), mapping);
        EPSILON.write(adam.epsilon(), mapping);
        WEIGHT_DECAY.write(adam.weightDecay(), mapping);
    }

    private static Optional<AdamW> readAdamW(Section section) {
        Double learningRate = section.read(LEARNING_RATE);
        Double beta1 = section.read(BETA1);
        Double beta2 = section.read(BETA2);
        Double epsilon = section.read(EPSILON);
        Double weightDecay = section.read(DECOUPLED_WEIGHT_DECAY);
        return section.build(ADAMW, () -> new AdamW(learningRate, beta1, beta2, epsilon, weightDecay));
    }

    private static void writeAdamW(AdamW adamW, Map<String, Object> mapping) {
        TYPE_KEY.write("adamw", mapping);
        LEARNING_RATE.write(adamW.learningRate(), mapping);
        BETA1.write(adamW.beta1(), mapping);
        BETA2.write(adamW.beta2(), mapping);
        EPSILON.write(adamW.epsilon(), mapping);
        DECOUPLED_WEIGHT_DECAY.write(adamW.weightDecay(), mapping);
    }
}
