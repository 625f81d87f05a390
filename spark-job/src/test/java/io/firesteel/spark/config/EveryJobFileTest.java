package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads every job file of the repository, so that none goes stale. */
class EveryJobFileTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([^}]*)}");

    @TestFactory
    Stream<DynamicTest> jobFileReads() throws IOException {
        Path repository = Jobs.repository();
        return jobFiles(repository).stream()
                .map(file -> DynamicTest.dynamicTest(repository.relativize(file).toString(), () -> assertReads(file)));
    }

    @Test
    void referenceIsAmongTheFiles() throws IOException {
        assertThat(jobFiles(Jobs.repository())).anyMatch(file -> file.endsWith("conf/reference.yaml"));
    }

    private static void assertReads(Path file) throws IOException {
        String text = Files.readString(file);
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(text).results().forEach(match -> environment.put(match.group(1), "1"));
        Substitutions substitutions =
                new Substitutions(environment, "/home/ada", Optional.of(LocalDate.of(2026, 1, 31)));
        JobConfig job = JobFile.parse(text, file.toString(), substitutions, List.of());
        assertThat(JobFile.parse(JobFile.toYaml(job), "resolved", substitutions, List.of()))
                .isEqualTo(job);
    }

    private static List<Path> jobFiles(Path repository) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("conf", "examples")) {
            Path root = repository.resolve(folder);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(EveryJobFileTest::isJobFile).forEach(found::add);
                }
            }
        }
        return found;
    }

    private static boolean isJobFile(Path file) {
        String name = file.getFileName().toString();
        return name.matches("job.*\\.yaml") || name.equals("reference.yaml");
    }
}
