package io.firesteel.spark.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.spark.RunException;
import io.firesteel.spark.verdict.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DateRecordsTest {
    private static final LocalDate DATE = LocalDate.of(2016, 3, 1);

    @TempDir
    private Path temp;

    private ArtifactDirectory directory;
    private DateRecords records;

    @BeforeEach
    void openDirectory() {
        directory = ArtifactDirectory.of(temp.resolve("dates").toUri().toString(), new Configuration());
        records = new DateRecords(directory);
    }

    @Test
    void dateThatNobodyDidIsNotDone() {
        assertThat(records.find(DATE)).isEmpty();
        assertThat(records.before(DATE, 5)).isEmpty();
    }

    @Test
    void recordReadsAsItWasWritten() {
        DateRecord record = record(DATE, 1, Outcome.PROMOTED);
        records.publish(record);
        assertThat(records.find(DATE)).contains(record);
    }

    @Test
    void secondRecordOfARunChangesNothing() {
        records.publish(record(DATE, 1, Outcome.PROMOTED));
        records.publish(record(DATE, 1, Outcome.REFUSED));
        assertThat(records.find(DATE)).map(DateRecord::outcome).contains(Outcome.PROMOTED);
    }

    @Test
    void lastOfElevenRunsOfADateCounts() {
        for (int attempt = 1; attempt <= 11; attempt++) {
            records.publish(record(DATE, attempt, Outcome.REFUSED));
        }
        assertThat(records.find(DATE)).map(record -> record.run().id()).contains("2016-03-01-11");
    }

    @Test
    void formerDatesComeLatestFirst() {
        for (int month = 1; month <= 5; month++) {
            records.publish(record(LocalDate.of(2016, month, 1), 1, Outcome.REFUSED));
        }
        records.publish(record(LocalDate.of(2016, 2, 1), 2, Outcome.PROMOTED));
        assertThat(records.before(LocalDate.of(2016, 4, 1), 2))
                .extracting(record -> record.run().id())
                .containsExactly("2016-03-01", "2016-02-01-2");
    }

    @Test
    void otherFilesAreLeftAlone() {
        directory.write("notes.txt", new byte[0]);
        directory.write("2016-03-01.json.bak", new byte[0]);
        assertThat(records.find(DATE)).isEmpty();
    }

    @Test
    void damagedRecordIsNamed() {
        directory.write("2016-03-01.json", "{\"schema\": \"firesteel.date/9\"}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> records.find(DATE))
                .isInstanceOf(RunException.class)
                .hasMessage("Cannot read " + directory.child("2016-03-01.json").uri()
                        + ": its schema is \"firesteel.date/9\" (expected \"firesteel.date/1\"); delete it to have the date"
                        + " done again");
    }

    private static DateRecord record(LocalDate date, int attempt, Outcome outcome) {
        return new DateRecord(
                new RunOfDate(date, attempt),
                outcome,
                7,
                attempt == 1 ? OptionalInt.empty() : OptionalInt.of(6),
                Instant.parse("2016-03-02T01:02:03Z"),
                5000,
                attempt == 1 ? Optional.of("2016-02-29") : Optional.empty(),
                JsonNodeFactory.instance.objectNode().put("files", 1));
    }
}
