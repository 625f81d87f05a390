package io.firesteel.spark.config;

import io.firesteel.engine.train.PowerSgd;
import io.firesteel.engine.train.Synchronization;
import io.firesteel.engine.train.WirePrecision;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code train.exchange}: how gradients travel. */
final class ExchangeSection {
    private static final Key<WirePrecision> PRECISION = Key.withDefault(
            "precision", ScalarTypes.oneOf(List.of(WirePrecision.values()), WirePrecision::label), "float32");
    private static final Key<PowerSgd> COMPRESSION = Key.optional("compression", CompressionSection.TYPE);
    private static final Schema SCHEMA = Schema.of(PRECISION, COMPRESSION);

    static final ValueType<Synchronization> TYPE =
            ValueType.section(ExchangeSection::read, ExchangeSection::write, List.of(SCHEMA));

    private ExchangeSection() {}

    private static Optional<Synchronization> read(Section section) {
        WirePrecision precision = section.read(PRECISION);
        Optional<PowerSgd> compression = section.find(COMPRESSION);
        return section.build(SCHEMA, () -> synchronization(precision, compression));
    }

    private static Synchronization synchronization(WirePrecision precision, Optional<PowerSgd> compression) {
        if (compression.isPresent() && precision != WirePrecision.FLOAT32) {
            throw new RuleViolation(
                    PRECISION.name(), precision.label() + " (must be float32 with compression, whose factors are)");
        }
        return compression.<Synchronization>map(powerSgd -> powerSgd).orElse(precision);
    }

    private static Map<String, Object> write(Synchronization exchange) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        PRECISION.write(exchange instanceof WirePrecision precision ? precision : WirePrecision.FLOAT32, mapping);
        if (exchange instanceof PowerSgd powerSgd) {
            COMPRESSION.write(powerSgd, mapping);
        }
        return mapping;
    }
}
