package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the example claims: Chicago's trains, month by month, with a bad month and a changed file in between. */
@Timeout(300)
class RetrainingExampleTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "retraining").toAbsolutePath();

    /** Every label before the held-out days is another day's. */
    private static final String SHUFFLED = "data.derive.ridership=\"if(date < date_sub(date'${run.date}', 35),"
            + " coalesce(lag(ridership, 3) over (order by xxhash64(date)), ridership), ridership)\"";

    @TempDir
    private Path directory;

    @Test
    void monthsAreDecidedOnABadOneIsRefusedAndAChangedFileStops() throws IOException {
        TrainingRuns.Ended first = retrain("2013-01-01").done();
        assertThat(first.out()).startsWith("2013-01-01: promoted, version 1");
        assertThat(retrain("2013-02-01..2013-03-01", "--every", "month").done().out())
                .containsPattern("2013-02-01 {2}(promoted|refused) +version 2")
                .containsPattern("2013-03-01 {2}(promoted|refused) +version 3");
        TrainingRuns.Ended bad = retrain("2013-04-01", "--set", SHUFFLED).done();
        assertThat(bad.out()).startsWith("2013-04-01: refused, version 4").contains("validation.mae");
        Path changed = withoutColumn("Kedzie");
        TrainingRuns.Ended stopped =
                retrain("2013-05-01", "--set", "data.path=" + changed, "--set", "data.validation.path=" + changed);
        assertThat(stopped.code()).isEqualTo(3);
        assertThat(stopped.err()).contains("Kedzie");
        assertThat(directory.resolve("ridership/2013-05-01/verdict.html")).isNotEmptyFile();
        assertThat(directory.resolve("ridership/2013-05-01/report.json")).doesNotExist();
    }

    @Test
    void rollbackRestoresTheFormerChampion() {
        retrain("2013-01-01").done();
        retrain("2013-02-01", "--set", "promote.mustImprove=-100").done();
        String registry = directory.resolve("ridership/registry").toString();
        assertThat(TrainingRuns.run("models", registry, "rollback", "--reason", "too high on holidays")
                        .done()
                        .out())
                .contains("1");
        assertThat(TrainingRuns.json(TrainingRuns.run("models", registry, "show", "champion", "--json")
                                .done()
                                .out())
                        .toString())
                .contains("2013-01-01");
    }

    private TrainingRuns.Ended retrain(String dates, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "retrain", EXAMPLE.resolve("job.yaml").toString(), "--date", dates, "--set", "output=" + directory));
        arguments.addAll(List.of(options));
        return TrainingRuns.run(arguments.toArray(String[]::new));
    }

    private Path withoutColumn(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(EXAMPLE.resolve("ridership.csv.gz"))),
                StandardCharsets.UTF_8))) {
            String header = reader.readLine();
            int column = Arrays.asList(header.split(",", -1)).indexOf('"' + name + '"');
            lines.add(without(header, column));
            reader.lines().map(line -> without(line, column)).forEach(lines::add);
        }
        return Files.write(directory.resolve("changed.csv"), lines);
    }

    private static String without(String line, int column) {
        List<String> values = new ArrayList<>(Arrays.asList(line.split(",", -1)));
        values.remove(column);
        return values.stream().collect(Collectors.joining(","));
    }
}
