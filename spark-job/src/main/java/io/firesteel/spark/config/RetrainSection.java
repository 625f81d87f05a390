package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys under {@code retrain}. */
final class RetrainSection {
    static final Key<String> ALIAS = Key.withDefault(
            "alias",
            ScalarTypes.text(
                    Pattern.compile("[A-Za-z_][A-Za-z0-9._-]*"),
                    "a name of letters, digits, '.', '_' and '-' that begins with a letter"),
            "champion");
    static final Key<RetrainConfig.Start> START = Key.withDefault(
            "start", ScalarTypes.oneOf(List.of(RetrainConfig.Start.values()), RetrainConfig.Start::label), "cold");
    static final Key<Duration> LEASE = Key.withDefault("lease", ScalarTypes.seconds(), "60");
    static final Key<Integer> KEEP = Key.withDefault("keep", ScalarTypes.wholeNumber(1), "10");
    private static final Key<NewDataConfig> NEW_DATA = Key.optional("newData", NewDataSection.TYPE);
    private static final Key<BaselineConfig> BASELINE = Key.optional("baseline", BaselineSection.TYPE);
    private static final Schema SCHEMA = Schema.of(ALIAS, START, LEASE, KEEP, NEW_DATA, BASELINE);
    static final ValueType<RetrainConfig> TYPE =
            ValueType.section(RetrainSection::read, RetrainSection::write, List.of(SCHEMA));

    private RetrainSection() {}

    private static Optional<RetrainConfig> read(Section section) {
        String alias = section.read(ALIAS);
        RetrainConfig.Start start = section.read(START);
        Duration lease = section.read(LEASE);
        Integer keep = section.read(KEEP);
        Optional<NewDataConfig> newData = section.find(NEW_DATA);
        Optional<BaselineConfig> baseline = section.find(BASELINE);
        return section.build(SCHEMA, () -> new RetrainConfig(alias, start, lease, keep, newData, baseline));
    }

    private static Map<String, Object> write(RetrainConfig retrain) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        ALIAS.write(retrain.alias(), mapping);
        START.write(retrain.start(), mapping);
        LEASE.write(retrain.lease(), mapping);
        KEEP.write(retrain.keep(), mapping);
        NEW_DATA.write(retrain.newData(), mapping);
        BASELINE.write(retrain.baseline(), mapping);
        return mapping;
    }
}
