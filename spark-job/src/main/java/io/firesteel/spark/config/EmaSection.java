package io.firesteel.spark.config;

import io.firesteel.engine.handler.Buffers;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code handlers.ema}. */
final class EmaSection {
    private static final Key<Double> MOMENTUM = Key.withDefault("momentum", share(), "0.0002");
    private static final Key<Double> WARMUP_MOMENTUM = Key.optional("warmupMomentum", share());
    private static final Key<Integer> WARMUP_UPDATES =
            Key.withDefault("warmupUpdates", ScalarTypes.wholeNumber(0), "0");
    private static final Key<Integer> EVERY_ITERATIONS =
            Key.withDefault("everyIterations", ScalarTypes.wholeNumber(1), "1");
    private static final Key<Buffers> BUFFERS = Key.withDefault(
            "buffers", ScalarTypes.oneOf(List.of(Buffers.values()), Buffers::label), Buffers.COPIED.label());
    private static final Schema SCHEMA =
            Schema.of(MOMENTUM, WARMUP_MOMENTUM, WARMUP_UPDATES, EVERY_ITERATIONS, BUFFERS);

    static final ValueType<EmaOptions> TYPE = ValueType.section(EmaSection::read, EmaSection::write, List.of(SCHEMA));

    private EmaSection() {}

    private static Optional<EmaOptions> read(Section section) {
        Double momentum = section.read(MOMENTUM);
        Optional<Double> warmupMomentum = section.find(WARMUP_MOMENTUM);
        Integer warmupUpdates = section.read(WARMUP_UPDATES);
        Integer everyIterations = section.read(EVERY_ITERATIONS);
        Buffers buffers = section.read(BUFFERS);
        return section.build(
                SCHEMA,
                () -> new EmaOptions(
                        momentum, warmupMomentum.orElse(momentum), warmupUpdates, everyIterations, buffers));
    }

    private static Map<String, Object> write(EmaOptions ema) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        MOMENTUM.write(ema.momentum(), mapping);
        WARMUP_MOMENTUM.write(ema.warmupMomentum(), mapping);
        WARMUP_UPDATES.write(Math.toIntExact(ema.warmupUpdates()), mapping);
        EVERY_ITERATIONS.write(Math.toIntExact(ema.everyIterations()), mapping);
        BUFFERS.write(ema.buffers(), mapping);
        return mapping;
    }

    private static ValueType<Double> share() {
        return ScalarTypes.number("> 0 and <= 1", value -> value > 0 && value <= 1);
    }
}
