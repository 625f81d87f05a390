package io.firesteel.spark.config;

import io.firesteel.engine.train.LocalSgd;
import io.firesteel.engine.train.OuterOptimizer;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code train.sync}: how often the shards' weights become one, where gradients don't travel. */
final class SyncSection {
    private static final Key<Integer> EVERY = Key.withDefault("every", ScalarTypes.wholeNumber(1), "1");
    private static final Key<OuterOptimizer> OUTER = Key.optional("outer", OuterSection.TYPE);
    private static final Schema SCHEMA = Schema.of(EVERY, OUTER);

    static final ValueType<LocalSgd> TYPE = ValueType.section(SyncSection::read, SyncSection::write, List.of(SCHEMA));

    private SyncSection() {}

    private static Optional<LocalSgd> read(Section section) {
        Integer every = section.read(EVERY);
        Optional<OuterOptimizer> outer = section.find(OUTER);
        return section.build(SCHEMA, () -> new LocalSgd(every, outer.orElse(OuterOptimizer.MEAN)));
    }

    /** Whether it asks for anything but gradients in every step. */
    static boolean isLocal(LocalSgd sync) {
        return sync.every() > 1 || !sync.outer().equals(OuterOptimizer.MEAN);
    }

    private static Map<String, Object> write(LocalSgd sync) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        EVERY.write(sync.every(), mapping);
        if (!sync.outer().equals(OuterOptimizer.MEAN)) {
            OUTER.write(sync.outer(), mapping);
        }
        return mapping;
    }

    /** The keys under {@code train.sync.outer}; the defaults are those of DiLoCo. */
    private static final class OuterSection {
        static final Key<Double> LEARNING_RATE =
                Key.withDefault("learningRate", ScalarTypes.number("> 0", value -> value > 0), "0.7");
        static final Key<Double> MOMENTUM = Key.withDefault(
                "momentum", ScalarTypes.number(">= 0 and < 1", value -> value >= 0 && value < 1), "0.9");
        static final Key<Boolean> NESTEROV = Key.withDefault("nesterov", ScalarTypes.bool(), "true");
        static final Schema SCHEMA = Schema.of(LEARNING_RATE, MOMENTUM, NESTEROV);
        static final ValueType<OuterOptimizer> TYPE =
                ValueType.section(OuterSection::read, OuterSection::write, List.of(SCHEMA));

        private OuterSection() {}

        static Optional<OuterOptimizer> read(Section section) {
            Double learningRate = section.read(LEARNING_RATE);
            Double momentum = section.read(MOMENTUM);
            Boolean nesterov = section.read(NESTEROV);
            return section.build(SCHEMA, () -> new OuterOptimizer(learningRate, momentum, nesterov));
        }

        static Map<String, Object> write(OuterOptimizer outer) {
            Map<String, Object> mapping = new LinkedHashMap<>();
            LEARNING_RATE.write(outer.learningRate(), mapping);
            MOMENTUM.write(outer.momentum(), mapping);
            NESTEROV.write(outer.nesterov(), mapping);
            return mapping;
        }
    }
}
