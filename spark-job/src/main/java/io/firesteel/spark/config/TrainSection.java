package io.firesteel.spark.config;

import io.firesteel.engine.data.BatchRamp;
import io.firesteel.engine.train.Batching;
import io.firesteel.engine.train.LocalSgd;
import io.firesteel.engine.train.Synchronization;
import io.firesteel.engine.train.WirePrecision;
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
    static final Key<Integer> ACCUMULATE = Key.withDefault("accumulate", ScalarTypes.wholeNumber(1), "1");
    static final Key<BatchRamp> BATCH_RAMP = Key.optional("batchRamp", BatchRampSection.TYPE);
    static final Key<Integer> SHARDS = Key.optional("shards", ScalarTypes.wholeNumber(1));
    static final Key<Integer> REPLICAS = Key.optional("replicas", ScalarTypes.wholeNumber(1));
    static final Key<String> INITIAL_WEIGHTS = Key.optional("initialWeights", ScalarTypes.text());
    static final Key<DeviceChoice> DEVICE =
            Key.withDefault("device", ScalarTypes.oneOf(List.of(DeviceChoice.values()), DeviceChoice::label), "auto");
    static final Key<Synchronization> EXCHANGE = Key.withDefault("exchange", ExchangeSection.TYPE, "{}");
    static final Key<LocalSgd> SYNC = Key.optional("sync", SyncSection.TYPE);
    static final Key<LinkConfig> LINKS = Key.withDefault("links", LinkSection.TYPE, "{}");
    static final Key<Duration> COMMUNICATION_TIMEOUT =
            Key.withDefault("communicationTimeout", ScalarTypes.seconds(), "60");
    static final Key<Duration> START_TIMEOUT = Key.withDefault("startTimeout", ScalarTypes.seconds(), "600");
    static final Schema SCHEMA = Schema.of(
            EPOCHS,
            BATCH_SIZE,
            ACCUMULATE,
            BATCH_RAMP,
            SHARDS,
            REPLICAS,
            INITIAL_WEIGHTS,
            DEVICE,
            EXCHANGE,
            SYNC,
            LINKS,
            COMMUNICATION_TIMEOUT,
            START_TIMEOUT);
    static final ValueType<TrainConfig> TYPE =
            ValueType.section(TrainSection::read, TrainSection::write, List.of(SCHEMA));

    private TrainSection() {}

    private static Optional<TrainConfig> read(Section section) {
        Integer epochs = section.read(EPOCHS);
        Integer batchSize = section.read(BATCH_SIZE);
        Integer accumulate = section.read(ACCUMULATE);
        Optional<BatchRamp> ramp = section.find(BATCH_RAMP);
        Optional<Integer> shards = section.find(SHARDS);
        Optional<Integer> replicas = section.find(REPLICAS);
        Optional<String> initialWeights = section.find(INITIAL_WEIGHTS);
        DeviceChoice device = section.read(DEVICE);
        Synchronization exchange = section.read(EXCHANGE);
        Optional<LocalSgd> sync = section.find(SYNC).filter(SyncSection::isLocal);
        LinkConfig links = section.read(LINKS);
        Duration communicationTimeout = section.read(COMMUNICATION_TIMEOUT);
        Duration startTimeout = section.read(START_TIMEOUT);
        if (sync.isPresent() && exchange != null && exchange != WirePrecision.FLOAT32) {
            section.report(new RuleViolation(
                    EXCHANGE.name(), "16 bits or compression (must be float32 with sync: no gradients travel then)"));
        }
        if (ramp.isPresent() && batchSize != null && ramp.get().start() >= batchSize) {
            section.report(new RuleViolation(
                    "batchRamp.start", ramp.get().start() + " (must be < batchSize, " + batchSize + ")"));
        }
        return section.build(
                SCHEMA,
                () -> new TrainConfig(
                        epochs,
                        new Batching(batchSize, accumulate, ramp.orElse(null)),
                        shards,
                        replicas,
                        initialWeights,
                        device,
                        sync.<Synchronization>map(local -> local).orElse(exchange),
                        links,
                        communicationTimeout,
                        startTimeout));
    }

    static RuleViolation accumulatesLocally(int accumulate) {
        return new RuleViolation(
                ACCUMULATE.name(), accumulate + " (must be 1 with sync: every shard takes steps of its own then)");
    }

    private static Map<String, Object> write(TrainConfig train) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        EPOCHS.write(train.epochs(), mapping);
        BATCH_SIZE.write(train.batching().size(), mapping);
        ACCUMULATE.write(train.batching().accumulate(), mapping);
        BATCH_RAMP.write(train.batching().findRamp(), mapping);
        SHARDS.write(train.shards(), mapping);
        REPLICAS.write(train.replicas(), mapping);
        INITIAL_WEIGHTS.write(train.initialWeights(), mapping);
        DEVICE.write(train.device(), mapping);
        EXCHANGE.write(train.synchronization(), mapping);
        if (train.synchronization() instanceof LocalSgd local) {
            SYNC.write(local, mapping);
        }
        LINKS.write(train.links(), mapping);
        COMMUNICATION_TIMEOUT.write(train.communicationTimeout(), mapping);
        START_TIMEOUT.write(train.startTimeout(), mapping);
        return mapping;
    }
}
