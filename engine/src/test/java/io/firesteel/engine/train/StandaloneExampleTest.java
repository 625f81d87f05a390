package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in {@code examples/standalone}: that very file, in a JVM of its own. */
@Timeout(240)
class StandaloneExampleTest {
    private static final int EPOCHS = 20;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PROGRAM = Path.of("examples/standalone/TrainDigits.java");
    private static final Path PAGE = Path.of("examples/standalone/README.md");
    private static final Pattern LINE =
            Pattern.compile("epoch (\\d+)  (training|validation): accuracy (\\d\\.\\d{4}), loss (\\d\\.\\d{4})");

    @TempDir
    Path temp;

    @Test
    void classHasAtMostThirtyLines() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(PROGRAM));
        int first = 0;
        while (!lines.get(first).startsWith("public final class TrainDigits")) {
            first++;
        }

        assertThat(lines.subList(first, lines.size())).hasSizeLessThanOrEqualTo(30);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void compilesWithoutAWarning() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    temp.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Xlint:all,-processing,-path");
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjects(ROOT.resolve(PROGRAM)))
                    .call();

            assertThat(messages.toString()).isEmpty();
            assertThat(compiled).isTrue();
        }
    }

    @Test
    void learnsTheDigitsAndPrintsWhatItsPageSays() throws IOException, InterruptedException {
        List<MatchResult> printed =
                run().stream().map(StandaloneExampleTest::parse).toList();

        assertThat(printed).hasSize(2 * EPOCHS);
        for (int line = 0; line < printed.size(); line++) {
            assertThat(printed.get(line).group(1)).isEqualTo(Integer.toString(line / 2 + 1));
            assertThat(printed.get(line).group(2)).isEqualTo(line % 2 == 0 ? "training" : "validation");
        }
        assertThat(number(printed.get(2 * EPOCHS - 1), 3)).isGreaterThanOrEqualTo(0.95);
        assertPageSays(printed);
    }

    /** Other CPUs compute other bits, and a row more or less is classified rightly. */
    private static void assertPageSays(List<MatchResult> printed) throws IOException {
        List<MatchResult> shown = Files.readAllLines(ROOT.resolve(PAGE)).stream()
                .filter(line -> line.startsWith("epoch "))
                .map(StandaloneExampleTest::parse)
                .toList();

        assertThat(shown).hasSizeGreaterThanOrEqualTo(4).allSatisfy(line -> {
            int index = 2 * Integer.parseInt(line.group(1)) - (line.group(2).equals("training") ? 2 : 1);
            assertThat(number(line, 3)).isCloseTo(number(printed.get(index), 3), within(0.02));
            assertThat(number(line, 4)).isCloseTo(number(printed.get(index), 4), within(0.02));
        });
    }

    private List<String> run() throws IOException, InterruptedException {
        Path out = temp.resolve("out");
        Path errors = temp.resolve("errors");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PROGRAM.toString())
                .directory(ROOT.toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(program.waitFor(200, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    private static MatchResult parse(String line) {
        var matcher = LINE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher.toMatchResult();
    }

    private static double number(MatchResult line, int group) {
        return Double.parseDouble(line.group(group));
    }
}
