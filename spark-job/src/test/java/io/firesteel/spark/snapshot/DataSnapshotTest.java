package io.firesteel.spark.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.HdfsServer;
import io.firesteel.connectors.hadoop.S3Server;
import io.firesteel.connectors.source.DatasetFile;
import io.firesteel.spark.SharedSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DataSnapshotTest {
    @TempDir
    private Path directory;

    @Test
    void filesAreListedWithSizeAndTime() throws IOException {
        write("a folder/one.csv", "x\n1\n", 1000);
        write("a folder/two.csv", "x\n23\n", 2000);
        write("a folder/three.txt", "no data", 9000);
        DataSnapshot snapshot = DataSnapshot.of(csv("a folder/*.csv"));
        assertThat(snapshot.files()).isEqualTo(2);
        assertThat(snapshot.bytes()).isEqualTo(9);
        assertThat(snapshot.latestModified()).isEqualTo(2000);
        assertThat(snapshot.granularity()).isEqualTo(Granularity.FILES);
        assertThat(snapshot.entries())
                .containsExactly(
                        new SnapshotEntry("file:" + directory + "/a folder/one.csv", 1, 4, 1000),
                        new SnapshotEntry("file:" + directory + "/a folder/two.csv", 1, 5, 2000));
    }

    @Test
    void digestIsThatOfTheListing() {
        // printf 'f:/a\t1\t2\nf:/b\t3\t4\n' | sha256sum
        assertThat(DataSnapshot.of(List.of(new DatasetFile("f:/b", 3, 4), new DatasetFile("f:/a", 1, 2)), 10)
                        .sha256())
                .isEqualTo("98d78279b9901bd98dbc7659e4fdaaa4f7198c30cd0da229d8cffa0ab61bfeff");
    }

    @Test
    void partitionsThatAreFilteredOutAreNotAmongThem() throws IOException {
        write("day=1/rows.csv", "x\n1\n", 1000);
        write("day=2/rows.csv", "x\n2\n", 1000);
        assertThat(DataSnapshot.of(csv("").where("day = 2")).entries())
                .extracting(SnapshotEntry::path)
                .containsExactly("file:" + directory + "/day=2/rows.csv");
    }

    @Test
    void rowsOfNoFileHaveNone() {
        DataSnapshot snapshot = DataSnapshot.of(SharedSpark.session().range(3).toDF());
        assertThat(snapshot.files()).isZero();
        assertThat(snapshot.latestModified()).isZero();
        assertThat(roundTrip(snapshot)).isEqualTo(snapshot);
    }

    @Test
    void whatHasBecomeOfFilesIsTold() throws IOException {
        write("kept.csv", "x\n1\n", 1000);
        write("rewritten.csv", "x\n1\n", 1000);
        write("deleted.csv", "x\n1\n", 1000);
        DataSnapshot before = DataSnapshot.of(csv(""));
        Files.delete(directory.resolve("deleted.csv"));
        write("rewritten.csv", "x\n1\n", 3000);
        write("new.csv", "x\n1\n", 1000);
        DataSnapshot now = DataSnapshot.of(csv(""));
        assertThat(now.since(before))
                .isEqualTo(new SnapshotDifference(
                        Granularity.FILES,
                        false,
                        List.of("file:" + directory + "/new.csv"),
                        List.of("file:" + directory + "/rewritten.csv"),
                        List.of("file:" + directory + "/deleted.csv")));
        assertThat(now.since(now))
                .isEqualTo(new SnapshotDifference(Granularity.FILES, true, List.of(), List.of(), List.of()));
    }

    @Test
    void manyFilesAreListedByDirectoryAndMoreByTheirSumsAlone() {
        List<DatasetFile> files = IntStream.range(0, 60)
                .mapToObj(i -> new DatasetFile("f:/d" + i % 3 + "/p" + i, i, 100 + i))
                .toList();
        DataSnapshot byDirectory = DataSnapshot.of(files, 10);
        assertThat(byDirectory.granularity()).isEqualTo(Granularity.DIRECTORIES);
        assertThat(byDirectory.entries())
                .contains(new SnapshotEntry("f:/d0", 20, 570, 157))
                .hasSize(3);
        assertThat(byDirectory.files()).isEqualTo(60);
        DataSnapshot totals = DataSnapshot.of(files, 2);
        assertThat(totals.granularity()).isEqualTo(Granularity.TOTALS);
        assertThat(totals.entries()).isEmpty();
        DataSnapshot all = DataSnapshot.of(files, 100);
        assertThat(List.of(byDirectory.sha256(), totals.sha256())).containsOnly(all.sha256());
        assertThat(List.of(roundTrip(byDirectory), roundTrip(totals), roundTrip(all)))
                .containsExactly(byDirectory, totals, all);
        assertThat(all.since(byDirectory).added()).isEmpty();
        assertThat(all.since(byDirectory).changed()).isEmpty();
        assertThat(DataSnapshot.of(files.subList(0, 59), 100).since(byDirectory).changed())
                .containsExactly("f:/d2");
        assertThat(DataSnapshot.of(files.subList(0, 59), 100).since(totals).same())
                .isFalse();
    }

    @Test
    void hundredThousandFilesAreABoundedDocument() throws IOException {
        List<DatasetFile> files = IntStream.range(0, 100_000)
                .mapToObj(i -> new DatasetFile("s3a://bucket/rows/date=" + i / 300 + "/part-" + i + ".parquet", i, i))
                .toList();
        DataSnapshot snapshot = DataSnapshot.of(files, DataSnapshot.MOST_ENTRIES);
        assertThat(snapshot.entries()).hasSize(334);
        assertThat(new ObjectMapper().writeValueAsBytes(snapshot.toMap())).hasSizeLessThan(100_000);
    }

    @Test
    void otherJsonIsRefused() {
        assertThatThrownBy(() -> DataSnapshot.of(json(Map.of("files", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read snapshot: a field is missing (bytes)");
    }

    @Test
    void filesOnHdfsAreListed() {
        listsOn(HdfsServer.start().uri() + "/snapshots", HdfsServer.start().client());
    }

    @Test
    void filesOnS3AreListed() {
        Configuration client = S3Server.start().client();
        SharedSpark.session();
        client.getValByRegex("^fs\\.s3a\\.").forEach((key, value) -> {
            SharedSpark.session().sparkContext().hadoopConfiguration().set(key, value);
            // What Spark's own settings would have been, for the tasks.
            SparkEnv.get().conf().set("spark.hadoop." + key, value);
        });
        listsOn(S3Server.start().bucket("snapshots"), client);
    }

    private static void listsOn(String root, Configuration client) {
        ArtifactDirectory storage = ArtifactDirectory.of(root, client);
        storage.write("rows/day=1/a.csv", "x\n1\n".getBytes(StandardCharsets.UTF_8));
        DataSnapshot before = DataSnapshot.of(csvAt(root + "/rows"));
        storage.write("rows/day=2/b.csv", "x\n22\n".getBytes(StandardCharsets.UTF_8));
        DataSnapshot now = DataSnapshot.of(csvAt(root + "/rows"));
        assertThat(before.bytes()).isEqualTo(4);
        assertThat(now.since(before).added()).containsExactly(root + "/rows/day=2/b.csv");
        assertThat(now.latestModified())
                .isGreaterThanOrEqualTo(before.latestModified())
                .isPositive();
        storage.child("rows").delete();
    }

    private void write(String name, String text, long modified) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }

    private Dataset<Row> csv(String glob) {
        return csvAt(directory.resolve(glob).toString());
    }

    private static Dataset<Row> csvAt(String path) {
        return SharedSpark.session().read().option("header", "true").csv(path);
    }

    private static DataSnapshot roundTrip(DataSnapshot snapshot) {
        return DataSnapshot.of(json(snapshot.toMap()));
    }

    private static JsonNode json(Map<String, Object> fields) {
        return new ObjectMapper().valueToTree(fields);
    }
}
