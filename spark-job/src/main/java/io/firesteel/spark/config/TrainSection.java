package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code train}. */
final class TrainSection {
    static final Key<Integer> EPOCHS = Key.required("epochs", ScalarTypes.wholeNumber(1));
    static final Key<Integer> BATCH_SIZE = Key.withDefault("batchSize", ScalarTypes.wholeNumber(1), "32");
    static final Key<Integer> SHARDS = Key.optional("shards", ScalarTypes.wholeNumber(1));
    static final Key<Integer> REPLICAS = Key.optional("replicas", ScalarTypes.wholeNumber(1));
    static final Key<DeviceChoice> DEVICE =
            Key.withDefault("device", ScalarTypes.oneOf(List.of(DeviceChoice.values()), DeviceChoice::label), "auto");
    static final Key<Duration> COMMUNICATION_TIMEOUT =
            Key.withDefault("communicationTimeout", ScalarTypes.seconds(), "60");
    static final Key<Duration> START_TIMEOUT = Key.withDefault("startTimeout", ScalarTypes.seconds(), "600");
    static final Schema SCHEMA =
            Schema.of(EPOCHS, BATCH_SIZE, SHARDS, REPLICAS, DEVICE, COMMUNICATION_TIMEOUT, START_TIMEOUT);
    static final ValueType<TrainConfig> TYPE =
            ValueType.section(TrainSection::read, TrainSection::write, List.of(SCHEMA));

    private TrainSection() {}

    private static Optional<TrainConfig> read(Section section) {
        Integer epochs = section.read(EPOCHS);
        Integer batchSize = section.read(BATCH_SIZE);
        Optional<Integer> shards = section.find(SHARDS);
        Optional<Integer> replicas = section.find(REPLICAS);
        DeviceChoice device = section.read(DEVICE);
        Duration communicationTimeout = section.read(COMMUNICATION_TIMEOUT);
        Duration startTimeout = section.read(START_TIMEOUT);
        return section.build(
                SCHEMA,
                () -> new TrainConfig(epochs, batchSize, shards, replicas, device, communicationTimeout, startTimeout));
    }

    private static Map<String, Object> write(TrainConfig train) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        EPOCHS.write(train.epochs(), mapping);
        BATCH_SIZE.write(train.batchSize(), mapping);
        SHARDS.write(train.shards(), mapping);
        REPLICAS.write(train.replicas(), mapping);
        DEVICE.write(train.device(), mapping);
        COMMUNICATION_TIMEOUT.write(train.communicationTimeout(), mapping);
        START_TIMEOUT.write(train.startTimeout(), mapping);
        return mapping;
    }
}
