package io.firesteel.spark.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Job files and ways to read them, for tests. */
final class Jobs {
    static final String FILE = "job.yaml";
    static final Substitutions SUBSTITUTIONS = new Substitutions(
            Map.of("LR", "0.01", "EPOCHS", "7", "WORD", "fast", "FLAG", "true"),
            "/home/ada/work",
            Optional.of(LocalDate.of(2026, 3, 9)));

    /** The smallest job. */
    static final String MINIMAL = """
            name: digits
            data: {format: csv, path: digits.csv}
            features:
              - {column: pixels}
            label: {column: label, type: int64}
            model: {type: linear, outputs: 10}
            loss: crossEntropy
            optimizer: {type: sgd}
            train: {epochs: 1}
            """;

    private Jobs() {}

    static JobConfig parse(String text, String... overrides) {
        return JobFile.parse(text, FILE, SUBSTITUTIONS, List.of(overrides));
    }

    /** The smallest job with one line in the place of another. */
    static JobConfig parseWith(String line, String replacement) {
        return parse(with(line, replacement));
    }

    static String with(String line, String replacement) {
        if (!MINIMAL.contains(line)) {
            throw new IllegalArgumentException("No such line: " + line);
        }
        return MINIMAL.replace(line, replacement);
    }

    /** The directory that holds the parent's pom. */
    static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("spark-job/pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
