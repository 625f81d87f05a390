package io.firesteel.spark.ingest;

import static io.firesteel.spark.ingest.Tables.bind;
import static io.firesteel.spark.ingest.Tables.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.spark.SharedSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a shard and their order depend on the data and the number of shards, and on nothing else. */
class ShardedRowsTest {
    private static final int ROWS = 600;
    private static final String FEATURE = "{columns: [a, b]}";

    private static Dataset<Row> data;

    @BeforeAll
    static void makeData() {
        data = numbers(0, ROWS).cache();
    }

    @Test
    void numberOfInputPartitionsDoesNotMatter() {
        ShardAssignment assignment = new ShardAssignment(4, 2);
        List<Place> expected = places(data.coalesce(1), assignment);
        assertThat(expected).hasSize(ROWS);
        assertThat(places(data.repartition(3), assignment)).isEqualTo(expected);
        assertThat(places(data.repartition(11), assignment)).isEqualTo(expected);
    }

    @Test
    void orderOfTheInputDoesNotMatter() {
        ShardAssignment assignment = new ShardAssignment(3, 3);
        assertThat(places(data.orderBy(functions.rand(5)), assignment)).isEqualTo(places(data, assignment));
        assertThat(places(data.orderBy(functions.desc("a")), assignment)).isEqualTo(places(data, assignment));
    }

    @Test
    void numberOfFilesDoesNotMatter(@TempDir Path directory) {
        ShardAssignment assignment = new ShardAssignment(2, 2);
        String one = directory.resolve("one").toString();
        String many = directory.resolve("many").toString();
        data.coalesce(1).write().parquet(one);
        data.repartition(7).write().parquet(many);
        List<Place> expected = places(data, assignment);
        assertThat(places(SharedSpark.session().read().parquet(one), assignment))
                .isEqualTo(expected);
        assertThat(places(SharedSpark.session().read().parquet(many), assignment))
                .isEqualTo(expected);
    }

    @Test
    void shardsAreTheSameForAnyNumberOfReplicas() {
        List<Place> one = places(data, new ShardAssignment(4, 1));
        for (int replicas : List.of(2, 4)) {
            ShardAssignment assignment = new ShardAssignment(4, replicas);
            List<Place> several = places(data, assignment);
            assertThat(several)
                    .usingElementComparator(Comparator.comparing(Place::row))
                    .isEqualTo(one);
            assertThat(several).allMatch(place -> place.rank == assignment.replicaOf(place.row.shard));
        }
    }

    @Test
    void shardIsTheHashModuloShardsAndRowsAreInTheOrderOfHashes() {
        List<Place> places = places(data, new ShardAssignment(5, 2));
        assertThat(places).allMatch(place -> place.row.shard == Math.floorMod(place.row.hash, 5L));
        assertThat(places)
                .extracting(Place::row)
                .isSortedAccordingTo(Comparator.comparing(Position::shard).thenComparing(Position::hash));
    }

    @Test
    void everyRowIsInOneShardAndShardsAreOfSimilarSize() {
        Map<Integer, Long> sizes = places(data, new ShardAssignment(4, 4)).stream()
                .collect(Collectors.groupingBy(place -> place.row.shard, Collectors.counting()));
        assertThat(sizes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(ROWS);
        // 150 expected, 5 standard deviations of a binomial are 53.
        assertThat(sizes.values()).hasSize(4).allMatch(size -> Math.abs(size - ROWS / 4) < 53);
    }

    @Test
    void shareOfValidationRowsIsNearTheFraction() {
        ShardAssignment assignment = new ShardAssignment(2, 1);
        List<Place> places = split(data, assignment, 0.2);
        long validation = places.stream()
                .filter(place -> place.row.split == Split.VALIDATION)
                .count();
        assertThat(places).hasSize(ROWS);
        // 5 standard deviations: 5 · sqrt(0.2 · 0.8 / 600)
        assertThat(validation / (double) ROWS).isCloseTo(0.2, within(0.082));
        assertThat(counts(data, 0.2))
                .isEqualTo(Map.of(Split.VALIDATION, validation, Split.TRAINING, ROWS - validation));
    }

    @Test
    void splitDoesNotDependOnShardOrReplica() {
        Set<Long> expected = validationHashes(split(data, new ShardAssignment(1, 1), 0.3));
        assertThat(validationHashes(split(data, new ShardAssignment(4, 2), 0.3)))
                .isEqualTo(expected);
        Set<Integer> shards = split(data, new ShardAssignment(4, 2), 0.3).stream()
                .filter(place -> place.row.split == Split.VALIDATION)
                .map(place -> place.row.shard)
                .collect(Collectors.toSet());
        assertThat(shards).hasSize(4);
    }

    @Test
    void rowsKeepTheirSplitAndShardWhenOthersAreAdded() {
        ShardAssignment assignment = new ShardAssignment(3, 1);
        Map<Long, Position> before = byHash(split(data, assignment, 0.25));
        Map<Long, Position> after = byHash(split(data.union(numbers(ROWS, 2 * ROWS)), assignment, 0.25));
        assertThat(after).hasSize(2 * ROWS).containsAllEntriesOf(before);
    }

    @Test
    void largerFractionKeepsTheValidationRows() {
        ShardAssignment assignment = new ShardAssignment(1, 1);
        assertThat(validationHashes(split(data, assignment, 0.4)))
                .containsAll(validationHashes(split(data, assignment, 0.1)));
    }

    @Test
    void equalRowsStayTogether() {
        ShardAssignment assignment = new ShardAssignment(4, 2);
        List<Place> once = split(data, assignment, 0.5);
        List<Place> twice = split(data.union(data), assignment, 0.5);
        List<Place> expected = new ArrayList<>();
        once.forEach(place -> expected.addAll(List.of(place, place)));
        assertThat(twice).isEqualTo(expected);
    }

    @Test
    void noRowsGiveEmptyPartitions() {
        assertThat(places(data.where("a < 0"), new ShardAssignment(4, 2))).isEmpty();
        assertThat(counts(data.where("a < 0"), 0.5)).isEmpty();
        assertThat(ShardedRows.partitions(of(data.where("a < 0"), new ShardAssignment(4, 2)), new ShardAssignment(4, 2))
                        .getNumPartitions())
                .isEqualTo(2);
    }

    @Test
    void columnsThatTheJobDoesNotUseDoNotMatter() {
        ShardAssignment assignment = new ShardAssignment(2, 1);
        assertThat(places(data.withColumn("note", functions.lit("x")), assignment))
                .isEqualTo(places(data, assignment));
    }

    /** Numbers that no two rows share. */
    private static Dataset<Row> numbers(int from, int to) {
        return SharedSpark.session()
                .range(from, to)
                .selectExpr("id as a", "cast(id * 0.5 as float) as b", "id % 3 as y");
    }

    private static Dataset<Row> of(Dataset<Row> rows, ShardAssignment assignment) {
        return new ShardedRows(bind(rows, FEATURE), assignment).of(columns(rows), rows, Split.TRAINING);
    }

    private static List<Place> places(Dataset<Row> rows, ShardAssignment assignment) {
        return read(of(rows, assignment), assignment);
    }

    private static List<Place> split(Dataset<Row> rows, ShardAssignment assignment, double fraction) {
        ShardedRows sharded = new ShardedRows(bind(rows, FEATURE), assignment);
        return read(sharded.split(columns(rows), rows, fraction), assignment);
    }

    private static Map<Split, Long> counts(Dataset<Row> rows, double fraction) {
        ShardedRows sharded = new ShardedRows(bind(rows, FEATURE), new ShardAssignment(1, 1));
        return ShardedRows.count(sharded.split(columns(rows), rows, fraction));
    }

    private static List<Place> read(Dataset<Row> selected, ShardAssignment assignment) {
        List<List<InternalRow>> partitions = Partitions.collect(ShardedRows.partitions(selected, assignment));
        assertThat(partitions).hasSize(assignment.replicas());
        List<Place> places = new ArrayList<>();
        IntStream.range(0, partitions.size())
                .forEach(rank -> partitions.get(rank).forEach(row -> places.add(new Place(rank, Position.of(row)))));
        return places;
    }

    private static Set<Long> validationHashes(List<Place> places) {
        Set<Long> hashes = new HashSet<>();
        places.stream()
                .filter(place -> place.row.split == Split.VALIDATION)
                .forEach(place -> hashes.add(place.row.hash));
        return hashes;
    }

    private static Map<Long, Position> byHash(List<Place> places) {
        Map<Long, Position> positions = new HashMap<>();
        places.forEach(place -> positions.put(place.row.hash, place.row));
        return positions;
    }

    /** Where a row came to. */
    private record Place(int rank, Position row) {}

    /** What a row carries with it. */
    private record Position(int shard, Split split, long hash, long tieBreak) implements Comparable<Position> {
        static Position of(InternalRow row) {
            return new Position(
                    row.getInt(RowSchema.SHARD),
                    Split.of(row.getInt(RowSchema.SPLIT)),
                    row.getLong(RowSchema.HASH),
                    row.getLong(RowSchema.TIE_BREAK));
        }

        @Override
        public int compareTo(Position other) {
            return Comparator.comparing(Position::shard)
                    .thenComparing(Position::split)
                    .thenComparing(Position::hash)
                    .thenComparing(Position::tieBreak)
                    .compare(this, other);
        }
    }
}
