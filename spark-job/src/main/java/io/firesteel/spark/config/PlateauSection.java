package io.firesteel.spark.config;

import io.firesteel.engine.optim.HyperparameterPlateau;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.ReducePlateau;
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.spark.config.KeyValues.RecordKey;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a schedule of type {@code reduceOnPlateau}, which follows a metric and not the place in the run. */
final class PlateauSection {
    static final String LABEL = "reduceOnPlateau";

    private static final Key<Double> FACTOR =
            Key.withDefault("factor", ScalarTypes.number("> 0 and < 1", value -> value > 0 && value < 1), "0.1");
    private static final Key<Integer> PATIENCE = Key.withDefault("patience", ScalarTypes.wholeNumber(0), "10");
    private static final Key<Double> THRESHOLD = Key.withDefault("threshold", notNegative(), "0.0001");
    private static final Key<Integer> COOLDOWN = Key.withDefault("cooldown", ScalarTypes.wholeNumber(0), "0");
    private static final Key<Double> MINIMUM = Key.withDefault("minimum", notNegative(), "0");

    private final Key<String> type;
    private final Key<Tunable> parameter;
    private final Key<String> group;
    private final List<RecordKey<HyperparameterPlateau, ?>> keys;
    private final Schema schema;

    /** @param type the key that names this kind beside others, as the following which all kinds have */
    PlateauSection(Key<String> type, Key<Tunable> parameter, Key<String> group) {
        this.type = type;
        this.parameter = parameter;
        this.group = group;
        this.keys = List.of(
                new RecordKey<>(WatchedMetric.METRIC, HyperparameterPlateau::metric),
                new RecordKey<>(WatchedMetric.MODE, plateau -> plateau.rule().mode()),
                new RecordKey<>(FACTOR, plateau -> plateau.rule().factor()),
                new RecordKey<>(PATIENCE, plateau -> plateau.rule().patience()),
                new RecordKey<>(THRESHOLD, plateau -> plateau.rule().threshold()),
                new RecordKey<>(WatchedMetric.MEASURE, plateau -> plateau.rule().measure()),
                new RecordKey<>(COOLDOWN, plateau -> plateau.rule().cooldown()),
                new RecordKey<>(MINIMUM, plateau -> plateau.rule().minimum()));
        this.schema = new Schema(
                "type " + LABEL,
                List.of(
                        type,
                        parameter,
                        group,
                        WatchedMetric.METRIC,
                        WatchedMetric.MODE,
                        FACTOR,
                        PATIENCE,
                        THRESHOLD,
                        WatchedMetric.MEASURE,
                        COOLDOWN,
                        MINIMUM));
    }

    Schema schema() {
        return schema;
    }

    Optional<HyperparameterPlateau> read(Section section) {
        Tunable tunable = section.read(parameter);
        Optional<String> of = section.find(group);
        KeyValues values = new KeyValues(section, keys);
        return section.build(
                schema,
                () -> new HyperparameterPlateau(tunable, of.orElse(""), values.of(WatchedMetric.METRIC), rule(values)));
    }

    private static ReducePlateau rule(KeyValues values) {
        Mode mode = values.of(WatchedMetric.MODE);
        Measure measure = values.of(WatchedMetric.MEASURE);
        return new ReducePlateau(
                mode,
                values.of(FACTOR),
                values.of(PATIENCE),
                values.of(THRESHOLD),
                measure,
                values.of(COOLDOWN),
                values.of(MINIMUM));
    }

    Map<String, Object> write(HyperparameterPlateau plateau) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        type.write(LABEL, mapping);
        parameter.write(plateau.parameter(), mapping);
        if (!plateau.isForAll()) {
            group.write(plateau.group(), mapping);
        }
        keys.forEach(key -> key.write(plateau, mapping));
        return mapping;
    }

    private static ValueType<Double> notNegative() {
        return ScalarTypes.number(">= 0", value -> value >= 0);
    }
}
