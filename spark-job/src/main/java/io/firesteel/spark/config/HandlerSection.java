package io.firesteel.spark.config;

import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.spark.config.ValueType.Schema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code handlers}: one for each kind. */
final class HandlerSection {
    private static final Key<List<EarlyStoppingOptions>> EARLY_STOPPING =
            Key.optional("earlyStopping", CollectionTypes.oneOrList(EarlyStoppingSection.TYPE));
    private static final Key<Duration> TIME_LIMIT =
            Key.optional("timeLimit", ScalarTypes.seconds(Duration.ofDays(365)));
    private static final Key<Boolean> TERMINATE_ON_NAN = Key.withDefault("terminateOnNan", ScalarTypes.bool(), "false");
    private static final Key<EmaOptions> EMA = Key.optional("ema", EmaSection.TYPE);
    private static final Schema SCHEMA = Schema.of(EARLY_STOPPING, TIME_LIMIT, TERMINATE_ON_NAN, EMA);

    static final ValueType<HandlerOptions> TYPE =
            ValueType.section(HandlerSection::read, HandlerSection::write, List.of(SCHEMA));

    private HandlerSection() {}

    private static Optional<HandlerOptions> read(Section section) {
        Optional<List<EarlyStoppingOptions>> earlyStopping = section.find(EARLY_STOPPING);
        Optional<Duration> timeLimit = section.find(TIME_LIMIT);
        Boolean terminateOnNan = section.read(TERMINATE_ON_NAN);
        Optional<EmaOptions> ema = section.find(EMA);
        return section.build(
                SCHEMA,
                () -> new HandlerOptions(
                        earlyStopping.orElse(List.of()), timeLimit.orElse(null), terminateOnNan, ema.orElse(null)));
    }

    private static Map<String, Object> write(HandlerOptions handlers) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        if (!handlers.earlyStopping().isEmpty()) {
            EARLY_STOPPING.write(handlers.earlyStopping(), mapping);
        }
        TIME_LIMIT.write(handlers.findTimeLimit(), mapping);
        TERMINATE_ON_NAN.write(handlers.terminateOnNan(), mapping);
        EMA.write(handlers.findEma(), mapping);
        return mapping;
    }
}
