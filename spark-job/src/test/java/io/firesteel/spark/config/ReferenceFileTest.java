package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spark.config.ValueType.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds {@code conf/reference.yaml} to what the parser knows, in both directions. */
class ReferenceFileTest {
    /** A key with its comment, also in a block that is commented out. */
    private static final Pattern KEY_LINE =
            Pattern.compile("(?<off># )?(?<indent> *)(?<item>- )?(?<key>[a-zA-Z0-9]+):(?: .*?)? +# (?<comment>.*)");

    /** Where the blocks stand that aren't at the top. */
    private static final Map<String, String> PARENTS =
            Map.of("validation", "data", "schedule", "optimizer", "exchange", "train");

    private final List<String> documented = documented();

    @Test
    void referenceIsAJob() {
        JobConfig job = Jobs.parse(text());
        assertThat(job.name()).isEqualTo("reference");
    }

    @Test
    void everyKeyStandsInTheReferenceWithTypeRangeAndDefault() {
        List<String> known = known(JobSection.SCHEMA, "");
        assertThat(known).hasSizeGreaterThan(50);
        assertThat(documented).containsAll(known);
    }

    @Test
    void referenceDocumentsNoOtherKey() {
        assertThat(known(JobSection.SCHEMA, "")).containsAll(documented);
    }

    @Test
    void everyLineWithAKeyIsRead() {
        long withKey = text().lines()
                .filter(line -> line.matches("(# )? *(- )?[a-zA-Z0-9]+: .+|[a-zA-Z0-9]+:"))
                .count();
        assertThat(documented).hasSize((int) withKey);
    }

    @TestFactory
    Stream<DynamicTest> blockThatIsCommentedOutIsValid() {
        Pattern block = Pattern.compile("(?m)^# ((?:  )?)([a-z]+):\n((?:#\\1   .*\n)+)");
        List<DynamicTest> tests = block.matcher(text())
                .results()
                .map(match -> {
                    String name = match.group(2);
                    String key = match.group(1).isEmpty() ? name : PARENTS.get(name) + "." + name;
                    String value = match.group(3).replaceAll("(?m)^#", "");
                    return DynamicTest.dynamicTest(key + value, () -> assertValid(key, "\n" + value));
                })
                .toList();
        assertThat(tests).hasSize(32);
        return tests.stream();
    }

    private static void assertValid(String key, String value) {
        List<String> overrides = new ArrayList<>(List.of(key + "=" + value));
        if (key.equals("label")) {
            overrides.addAll(List.of("loss=mse", "metrics=[loss]"));
        }
        if (key.equals("train.exchange") || key.equals("handlers")) {
            overrides.add("train.sync={every: 1}");
        }
        assertThat(JobFile.parse(text(), "reference.yaml", Jobs.SUBSTITUTIONS, overrides))
                .isNotEqualTo(Jobs.parse(text()));
    }

    private static List<String> known(Schema schema, String path) {
        List<String> lines = new ArrayList<>();
        for (Key<?> key : schema.keys()) {
            String keyPath = Section.child(path, key.name());
            lines.add(keyPath + "  # " + key.documentation());
            key.type().schemas().forEach(inner -> lines.addAll(known(inner, keyPath)));
        }
        return lines;
    }

    /** The keys of the reference as {@link #known} lists them, paths taken from the indentation. */
    private static List<String> documented() {
        List<String> lines = new ArrayList<>();
        List<String> path = new ArrayList<>();
        List<Integer> indents = new ArrayList<>();
        for (String line : text().lines().toList()) {
            Matcher matcher = KEY_LINE.matcher(line);
            if (matcher.matches()) {
                int indent = matcher.group("indent").length() + (matcher.group("item") == null ? 0 : 2);
                while (!path.isEmpty() && indents.get(path.size() - 1) >= indent) {
                    indents.remove(path.size() - 1);
                    path.remove(path.size() - 1);
                }
                path.add(matcher.group("key"));
                indents.add(indent);
                lines.add(String.join(".", path) + "  # " + matcher.group("comment"));
            }
        }
        return lines;
    }

    private static String text() {
        try {
            return Files.readString(Jobs.repository().resolve("conf/reference.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
