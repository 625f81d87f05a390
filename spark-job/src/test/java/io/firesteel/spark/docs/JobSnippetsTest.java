package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.config.Substitutions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@code yaml} block is a job file, or, marked {@code fragment}, top-level keys that take the place of those of a small
 * job.
 */
class JobSnippetsTest {
    private static final String BASE = """
            name: base
            data: {format: csv, path: base.csv, validation: {fraction: 0.2}}
            features:
              - {column: pixels}
            label: {column: label, type: int64}
            model: {type: linear, outputs: 10}
            loss: crossEntropy
            optimizer: {type: sgd}
            train: {epochs: 1}
            """;

    private static final Pattern TOP_LEVEL_KEY =
            Pattern.compile("(?m)^([a-z]\\w*):((?:.*\\n)(?:(?: |-|#|\\n).*\\n?)*)");

    private static final Substitutions SUBSTITUTIONS = new Substitutions(
            Map.of("BUCKET", "b", "USER", "ada", "LR", "0.1"), "/home/ada", Optional.of(LocalDate.of(2026, 1, 31)));

    @TestFactory
    Stream<DynamicTest> jobReads() {
        return Page.documentation().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.is("yaml"))
                .map(block -> DynamicTest.dynamicTest(block.place(), () -> assertReads(block)));
    }

    private static void assertReads(CodeBlock block) {
        JobConfig job = block.isMarked("fragment")
                ? parse(BASE, block.place(), fragment(block))
                : parse(block.text(), block.place(), List.of());

        assertThat(job).isNotEqualTo(parse(BASE, "base", List.of()));
    }

    private static List<String> fragment(CodeBlock block) {
        List<String> keys = TOP_LEVEL_KEY
                .matcher(block.text())
                .results()
                .map(key -> key.group(1) + "=" + key.group(2))
                .toList();
        assertThat(keys).as("top-level keys of %s", block.place()).isNotEmpty();
        return keys;
    }

    private static JobConfig parse(String text, String name, List<String> overrides) {
        return JobFile.parse(text, name, SUBSTITUTIONS, overrides);
    }
}
