package io.firesteel.spark.config;

import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one entry of {@code optimizer.groups}. */
final class GroupSection {
    private static final Key<String> PARAMETERS = Key.required("parameters", ScalarTypes.text());
    private static final Key<Double> LEARNING_RATE =
            Key.optional("learningRate", ScalarTypes.number(">= 0", value -> value >= 0));
    private static final Key<Double> WEIGHT_DECAY =
            Key.optional("weightDecay", ScalarTypes.number(">= 0", value -> value >= 0));
    private static final Schema SCHEMA = Schema.of(PARAMETERS, LEARNING_RATE, WEIGHT_DECAY);

    static final ValueType<Group> TYPE = ValueType.section(GroupSection::read, GroupSection::write, List.of(SCHEMA));

    /** A group as it is written: what it leaves out is the optimizer's. */
    record Group(String parameters, Optional<Double> learningRate, Optional<Double> weightDecay) {
        static Group of(ParameterGroup group) {
            return new Group(group.parameters(), Optional.of(group.learningRate()), Optional.of(group.weightDecay()));
        }

        ParameterGroup of(OptimizerSpec optimizer) {
            return new ParameterGroup(
                    parameters,
                    learningRate.orElse(optimizer.learningRate()),
                    weightDecay.orElse(optimizer.weightDecay()));
        }
    }

    private GroupSection() {}

    private static Optional<Group> read(Section section) {
        String parameters = section.read(PARAMETERS);
        Optional<Double> learningRate = section.find(LEARNING_RATE);
        Optional<Double> weightDecay = section.find(WEIGHT_DECAY);
        return section.build(SCHEMA, () -> new Group(parameters, learningRate, weightDecay));
    }

    private static Map<String, Object> write(Group group) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        PARAMETERS.write(group.parameters(), mapping);
        LEARNING_RATE.write(group.learningRate(), mapping);
        WEIGHT_DECAY.write(group.weightDecay(), mapping);
        return mapping;
    }
}
