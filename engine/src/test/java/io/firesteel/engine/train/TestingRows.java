package io.firesteel.engine.train;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.data.TensorSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;

/** Rows for tests, and how they become shards: as ingestion does it, by a hash of their content, in the order of the hash. */
final class TestingRows {
    /** One row. */
    static final class Row {
        private final float[] features;
        private final long label;
        private final float weight;
        private final long hash;
        private final boolean validation;

        Row(float[] features, long label, float weight, long hash, boolean validation) {
            this.features = features;
            this.label = label;
            this.weight = weight;
            this.hash = hash;
            this.validation = validation;
        }

        /** Not copied, not to be changed. */
        float[] features() {
            return features;
        }

        long label() {
            return label;
        }

        float weight() {
            return weight;
        }

        long hash() {
            return hash;
        }

        boolean validation() {
            return validation;
        }

        /** The same row with another label. */
        Row labelled(long other) {
            return new Row(features, other, weight, hash, validation);
        }
    }

    private static final int PIXELS = 64;
    private static final int VALIDATION_PART = 5;

    private TestingRows() {}

    /** The handwritten digits of the examples: 64 features in [0, 1], 10 classes, every fifth row for validation. */
    static List<Row> digits() {
        Path file = root().resolve("examples/digits/digits.csv.gz");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            List<String> lines = reader.lines().skip(1).toList();
            List<Row> rows = new ArrayList<>();
            for (String line : lines) {
                String[] fields = line.split(",", -1);
                float[] features = new float[PIXELS];
                for (int i = 0; i < PIXELS; i++) {
                    features[i] = Float.parseFloat(fields[i]) / 16;
                }
                long hash = hash(line + rows.size());
                boolean validation = rows.size() % VALIDATION_PART == VALIDATION_PART - 1;
                rows.add(new Row(features, Long.parseLong(fields[PIXELS]), weight(hash), hash, validation));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Points of three overlapping clouds. */
    static List<Row> clouds(int count, int columns, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            long label = random.nextInt(3);
            float[] features = new float[columns];
            for (int i = 0; i < columns; i++) {
                features[i] = (float) (random.nextGaussian() + (i % 3 == label ? 1 : 0));
            }
            long hash = hash(seed + "/" + row);
            rows.add(new Row(features, label, weight(hash), hash, row % VALIDATION_PART == VALIDATION_PART - 1));
        }
        return rows;
    }

    static RowLayout layout(List<Row> rows, boolean weighted) {
        return new RowLayout(
                List.of(new TensorSpec(
                        "x", ElementType.FLOAT32, List.of(rows.get(0).features().length))),
                new TensorSpec("class", ElementType.INT64, List.of()),
                weighted);
    }

    /** Shards of about equal size. */
    static List<HostedShard> shards(List<Row> rows, int count, boolean weighted) {
        return shards(rows, count, weighted, row -> Math.floorMod(row.hash(), count));
    }

    /** The caller closes them. */
    static List<HostedShard> shards(List<Row> rows, int count, boolean weighted, ToIntFunction<Row> shardOf) {
        RowLayout layout = layout(rows, weighted);
        List<HostedShard> shards = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            int number = shard;
            List<Row> hosted = rows.stream()
                    .filter(row -> shardOf.applyAsInt(row) == number)
                    .sorted(Comparator.comparingLong(Row::hash))
                    .toList();
            shards.add(new HostedShard(shard, store(layout, hosted, false), store(layout, hosted, true)));
        }
        return shards;
    }

    /** The ledger of the training rows of all shards, from their stores. */
    static Ledger ledger(List<HostedShard> shards) {
        return shards.stream().map(shard -> shard.training().ledger()).reduce(Ledger.EMPTY, Ledger::merge);
    }

    static long[] trainingRows(List<HostedShard> shards) {
        return shards.stream().mapToLong(shard -> shard.training().rows()).toArray();
    }

    static long validationRows(List<HostedShard> shards) {
        return shards.stream().mapToLong(shard -> shard.validation().rows()).sum();
    }

    private static ShardStore store(RowLayout layout, List<Row> rows, boolean validation) {
        try (ShardStore.Writer writer = ShardStore.open(layout, Path.of("/unused"), Long.MAX_VALUE)) {
            rows.stream()
                    .filter(row -> row.validation() == validation)
                    .forEach(row -> fill(writer.next(), layout, row));
            return writer.finish();
        }
    }

    private static void fill(ByteBuffer view, RowLayout layout, Row row) {
        for (int i = 0; i < row.features().length; i++) {
            view.putFloat(layout.inputOffset(0) + i * Float.BYTES, row.features()[i]);
        }
        view.putLong(layout.labelOffset(), row.label());
        if (layout.weighted()) {
            view.putFloat(layout.weightOffset(), row.weight());
        }
        view.putLong(layout.hashOffset(), row.hash());
    }

    /** FNV-1a, finished as MurmurHash3 does, so that its low bits depend on all of the text. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }

    /** 0, 1/4, … 7/4. */
    private static float weight(long hash) {
        return (hash >>> 60 & 7) / 4f;
    }

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("examples"))) {
                return folder;
            }
        }
        throw new AssertionError("No folder above " + Path.of("").toAbsolutePath() + " has examples");
    }
}
