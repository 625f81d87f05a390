package io.firesteel.spark.config;

import io.firesteel.engine.handler.Buffers;
import io.firesteel.engine.handler.SwaOptions;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code handlers.swa}. */
final class SwaSection {
    private static final Key<Integer> FROM_EPOCH = Key.required("fromEpoch", ScalarTypes.wholeNumber(1));
    private static final Key<Integer> EVERY_EPOCHS = Key.withDefault("everyEpochs", ScalarTypes.wholeNumber(1), "1");
    private static final Key<Buffers> BUFFERS = Key.withDefault(
            "buffers", ScalarTypes.oneOf(List.of(Buffers.values()), Buffers::label), Buffers.COPIED.label());
    private static final Schema SCHEMA = Schema.of(FROM_EPOCH, EVERY_EPOCHS, BUFFERS);

    static final ValueType<SwaOptions> TYPE = ValueType.section(SwaSection::read, SwaSection::write, List.of(SCHEMA));

    private SwaSection() {}

    private static Optional<SwaOptions> read(Section section) {
        Integer fromEpoch = section.read(FROM_EPOCH);
        Integer everyEpochs = section.read(EVERY_EPOCHS);
        Buffers buffers = section.read(BUFFERS);
        return section.build(SCHEMA, () -> new SwaOptions(fromEpoch, everyEpochs, buffers));
    }

    private static Map<String, Object> write(SwaOptions swa) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        FROM_EPOCH.write(Math.toIntExact(swa.fromEpoch()), mapping);
        EVERY_EPOCHS.write(Math.toIntExact(swa.everyEpochs()), mapping);
        BUFFERS.write(swa.buffers(), mapping);
        return mapping;
    }
}
