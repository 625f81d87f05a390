package io.firesteel.spark.config;

import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.SwaOptions;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.engine.train.HandlerOptions.Watching;
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
    private static final Key<SwaOptions> SWA = Key.optional("swa", SwaSection.TYPE);
    private static final Key<LearningRateFinderOptions> LEARNING_RATE_FINDER =
            Key.optional("learningRateFinder", LearningRateFinderSection.TYPE);
    private static final Key<Boolean> PROFILER = Key.withDefault("profiler", ScalarTypes.bool(), "false");
    private static final Key<Integer> LOGGING = Key.optional("logging", LoggingSection.TYPE);
    private static final Schema SCHEMA =
            Schema.of(EARLY_STOPPING, TIME_LIMIT, TERMINATE_ON_NAN, EMA, SWA, LEARNING_RATE_FINDER, PROFILER, LOGGING);

    static final ValueType<HandlerOptions> TYPE =
            ValueType.section(HandlerSection::read, HandlerSection::write, List.of(SCHEMA));

    private HandlerSection() {}

    private static Optional<HandlerOptions> read(Section section) {
        Optional<List<EarlyStoppingOptions>> earlyStopping = section.find(EARLY_STOPPING);
        Optional<Duration> timeLimit = section.find(TIME_LIMIT);
        Boolean terminateOnNan = section.read(TERMINATE_ON_NAN);
        Optional<EmaOptions> ema = section.find(EMA);
        Optional<SwaOptions> swa = section.find(SWA);
        Optional<Watching> watching = watching(section);
        if (ema.isPresent() && swa.isPresent()) {
            section.report(SWA.name(), "Cannot stand beside ema (must be one of both)");
        }
        return section.build(
                SCHEMA,
                () -> new HandlerOptions(
                        earlyStopping.orElse(List.of()),
                        timeLimit.orElse(null),
                        terminateOnNan,
                        ema.orElse(null),
                        swa.orElse(null),
                        watching.orElseThrow()));
    }

    /** Empty after a problem. */
    private static Optional<Watching> watching(Section section) {
        Optional<LearningRateFinderOptions> finder = section.find(LEARNING_RATE_FINDER);
        Boolean profiler = section.read(PROFILER);
        Optional<Integer> everySteps = section.find(LOGGING);
        return Optional.ofNullable(profiler)
                .map(wanted -> new Watching(finder.orElse(null), wanted, everySteps.orElse(0)));
    }

    private static Map<String, Object> write(HandlerOptions handlers) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        if (!handlers.earlyStopping().isEmpty()) {
            EARLY_STOPPING.write(handlers.earlyStopping(), mapping);
        }
        TIME_LIMIT.write(handlers.findTimeLimit(), mapping);
        TERMINATE_ON_NAN.write(handlers.terminateOnNan(), mapping);
        EMA.write(handlers.findEma(), mapping);
        SWA.write(handlers.findSwa(), mapping);
        Watching watching = handlers.watching();
        LEARNING_RATE_FINDER.write(watching.findLearningRates(), mapping);
        PROFILER.write(watching.profiler(), mapping);
        if (watching.logEverySteps() > 0) {
            LOGGING.write(watching.logEverySteps(), mapping);
        }
        return mapping;
    }
}
