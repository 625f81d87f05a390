package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spark.cli.Firesteel;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.config.Substitutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/**
 * Command lines in {@code console} blocks: the script is there, Firesteel's own options are known, files of the repository
 * exist, and the example's keys can be set so. Nothing is run.
 */
class CommandSnippetsTest {
    private static final String MAIN_CLASS = Firesteel.class.getName();
    private static final Pattern COMMAND =
            Pattern.compile("(?:\\$ )?(?:[A-Z_]+=\\S+ )*((?:scripts/|(?:\\S*/)?spark-submit ).*)");
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"]+)+");

    @TestFactory
    Stream<DynamicTest> commandIsAccepted() {
        return Page.documentation().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.is("console"))
                .flatMap(block -> commands(block)
                        .map(words -> DynamicTest.dynamicTest(
                                block.place() + " " + String.join(" ", words), () -> assertAccepted(words))));
    }

    private static Stream<List<String>> commands(CodeBlock block) {
        return block.text()
                .replaceAll("\\\\\\n\\s*", "")
                .lines()
                .map(COMMAND::matcher)
                .filter(Matcher::matches)
                .map(match -> words(match.group(1)));
    }

    private static List<String> words(String line) {
        return WORD.matcher(line.replaceFirst(" +# .*", ""))
                .results()
                .map(word -> word.group().replaceAll("['\"]", ""))
                .toList();
    }

    private static void assertAccepted(List<String> words) throws IOException {
        String program = words.get(0);
        List<String> arguments = words.subList(1, words.size());
        if (program.endsWith("spark-submit")) {
            assertSubmits(arguments);
            return;
        }
        assertThat(Page.repository().resolve(program)).isExecutable();
        if (program.equals("scripts/firesteel")) {
            assertFiresteel(withoutSubmitOptions(arguments));
        } else if (program.equals("scripts/local-cluster")) {
            assertLocalCluster(arguments);
        }
    }

    private static void assertSubmits(List<String> arguments) {
        assertThat(arguments.get(arguments.indexOf("--class") + 1)).isEqualTo(MAIN_CLASS);
        int jar = 0;
        while (!arguments.get(jar).endsWith("firesteel.jar")) {
            jar++;
        }
        parse(arguments.subList(jar + 1, arguments.size()));
    }

    private static List<String> withoutSubmitOptions(List<String> arguments) {
        int at = 0;
        while (at < arguments.size()
                && List.of("--conf", "--properties-file", "--jars").contains(arguments.get(at))) {
            if (arguments.get(at + 1).startsWith("conf/")) {
                assertThat(Page.repository().resolve(arguments.get(at + 1))).exists();
            }
            at += 2;
        }
        return arguments.subList(at, arguments.size());
    }

    private static void assertFiresteel(List<String> arguments) throws IOException {
        CommandLine.ParseResult parsed = parse(arguments);
        if (parsed.hasSubcommand() && parsed.subcommand().hasMatchedPositional(0)) {
            CommandLine.ParseResult train = parsed.subcommand();
            Path job = Page.repository()
                    .resolve(train.matchedPositional(0).getValue().toString());
            if (job.startsWith(Page.repository().resolve("examples"))) {
                List<String> overrides = train.matchedOptionValue("--set", List.of());
                Substitutions substitutions =
                        new Substitutions(Map.of(), "/home/ada", Optional.of(LocalDate.of(2026, 11, 23)));
                JobFile.parse(Files.readString(job), job.toString(), substitutions, overrides);
            }
        }
    }

    private static CommandLine.ParseResult parse(List<String> arguments) {
        return new CommandLine(Firesteel.class).parseArgs(arguments.toArray(String[]::new));
    }

    private static void assertLocalCluster(List<String> arguments) throws IOException {
        String usage = Files.readString(Page.repository().resolve("scripts/local-cluster"));
        List<String> options = new ArrayList<>(arguments);
        assertThat(options.remove(0)).isIn("start", "status", "stop");
        for (String option : options) {
            assertThat(option.startsWith("--") ? usage : "").contains(option.startsWith("--") ? option + ") " : "");
        }
    }
}
