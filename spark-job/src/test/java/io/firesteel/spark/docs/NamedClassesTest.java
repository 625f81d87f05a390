package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Classes that pages name exist. The notation: a simple name in backticks, {@code Outer.Inner} for a nested class,
 * {@code Name#member} for a method, a constant or a test; other people's classes stand there without backticks or in full.
 */
class NamedClassesTest {
    private static final List<String> MODULES = List.of("engine", "connectors", "spark-job");
    private static final Pattern NAME = Pattern.compile(
            "([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*))?(?:#(\\w+))?");

    private final Map<String, String> sources = sources();

    @TestFactory
    Stream<DynamicTest> namedClassExists() {
        return Page.documentation().stream()
                .flatMap(page -> page.codeSpans().stream()
                        .distinct()
                        .map(NAME::matcher)
                        .filter(Matcher::matches)
                        .map(name ->
                                DynamicTest.dynamicTest(page.name() + " " + name.group(), () -> assertExists(name))));
    }

    private void assertExists(Matcher name) {
        assertThat(sources.keySet()).as("our classes").contains(name.group(1));
        String source = sources.get(name.group(1));
        if (name.group(2) != null) {
            assertThat(source).containsPattern("(?:class|record|enum|interface) " + name.group(2) + "\\b");
        }
        if (name.group(3) != null) {
            assertThat(source).containsPattern("\\b" + name.group(3) + "\\b");
        }
    }

    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files =
                    Files.walk(Page.repository().resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }
}
