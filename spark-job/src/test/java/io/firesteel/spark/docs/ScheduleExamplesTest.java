package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spark.cli.Firesteel;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** The files in {@code examples/schedule} are well formed, and what they call is a command. No scheduler runs. */
@Timeout(60)
class ScheduleExamplesTest {
    private static final Path DIRECTORY = Page.repository().resolve("examples/schedule");
    private static final String LAUNCHER = "/opt/firesteel/scripts/firesteel";

    @TempDir
    private Path directory;

    @Test
    void readmeNamesEveryFile() throws IOException {
        String readme = read("README.md");
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(readme).contains("(" + name + ")"));
        }
    }

    @Test
    void crontabCallsTheScript() throws IOException {
        List<String> entries =
                read("crontab").lines().filter(line -> line.matches("[0-9*].*")).toList();
        assertThat(entries).hasSize(1);
        String[] fields = entries.get(0).split("\\s+", 6);
        assertThat(List.of(fields).subList(0, 5)).allMatch(field -> field.matches("[0-9*/,-]+"));
        // cron takes a bare % for the end of the line.
        assertThat(fields[5].replace("\\%", "")).doesNotContain("%");
        assertThat(fields[5]).contains("/opt/firesteel/examples/schedule/retrain.sh /opt/firesteel/examples/");
        assertInRepository(fields[5]);
    }

    @Test
    void serviceCallsTheScript() throws IOException {
        String service = read("firesteel-retrain.service");
        List<String> start =
                service.lines().filter(line -> line.startsWith("ExecStart=")).toList();
        assertThat(start).hasSize(1);
        assertInRepository(start.get(0));
        for (String name : List.of("firesteel-retrain.service", "firesteel-retrain.timer")) {
            assertThat(read(name).lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                    .as(name)
                    .allMatch(line -> line.matches("\\[[A-Z][a-z]+]|[A-Z][A-Za-z]+=.+"));
        }
    }

    @Test
    void pythonParses() throws Exception {
        String text = read("airflow_dag.py");
        Matcher job = Pattern.compile("\\nJOB = \"([^\"]+)\"").matcher(text);
        Matcher command =
                Pattern.compile("bash_command=f\"\\{FIRESTEEL} ([^\"]+)\"").matcher(text);
        assertThat(job.find() && command.find()).isTrue();
        assertAccepted(List.of(command.group(1)
                .replace("{JOB}", job.group(1))
                .replaceAll("\\{\\{\\{\\{.*?}}}}", "2026-11-01")
                .split(" ")));
        assertThat(text).contains("FIRESTEEL = \"" + LAUNCHER + "\"");
        // The project needs no Python; where there is one, it has the last word.
        if (hasPython()) {
            String parse = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
            assertThat(exitCode(Map.of(), "python3", "-c", parse, path("airflow_dag.py")))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes-cronjob.yaml", "spark-operator.yaml"})
    void manifestCallsACommand(String name) throws IOException {
        Object manifest = yaml(name);
        assertThat(manifest)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKeys("apiVersion", "kind", "metadata", "spec");
        List<List<String>> commands =
                lists(manifest).filter(list -> list.contains("retrain")).toList();
        assertThat(commands).hasSize(1);
        List<String> words = commands.get(0);
        boolean launched = words.get(0).equals(LAUNCHER);
        assertThat(launched || read(name).contains("mainClass: " + Firesteel.class.getName()))
                .isTrue();
        assertAccepted(launched ? withoutSubmitOptions(words) : words);
    }

    @Test
    void settingsOfTheOperatorAreThoseOfTheOverlay() throws IOException {
        Map<?, ?> settings = maps(yaml("spark-operator.yaml"), "sparkConf");
        String overlay = Files.readString(Page.repository().resolve("conf/kubernetes.conf"));
        assertThat(settings).isNotEmpty();
        settings.forEach((key, value) -> {
            if (!key.toString().endsWith("JavaOptions")) {
                assertThat(overlay).contains(key + "=" + value);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"oozie-coordinator.xml", "oozie-workflow.xml"})
    void xmlParses(String name) throws Exception {
        assertThat(xml(name).getDocumentElement().getTagName()).isIn("coordinator-app", "workflow-app");
    }

    @Test
    void workflowCallsACommand() throws Exception {
        Document workflow = xml("oozie-workflow.xml");
        List<String> words = new ArrayList<>(texts(workflow, "exec"));
        words.addAll(texts(workflow, "argument"));
        words.replaceAll(word -> word.replace("${runDate}", "2026-11-01"));
        assertThat(words.get(0)).isEqualTo(LAUNCHER);
        assertAccepted(withoutSubmitOptions(words));
        assertThat(texts(xml("oozie-coordinator.xml"), "app-path").get(0)).endsWith("oozie-workflow.xml");
        assertThat(texts(xml("oozie-coordinator.xml"), "name")).contains("runDate");
    }

    /** What another attempt may cure is tried again, nothing else; the last attempt's code is the script's. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "2 0, 2, 1",
        "5 0, 5, 1",
        "70 0, 70, 1",
        "6 0, 0, 2",
        "3 3 0, 0, 3",
        "4 0, 0, 2",
        "4 4 0, 4, 2",
        "3 4 0, 4, 2",
        "3 3 3 3 0, 3, 4",
    })
    void scriptTriesAgain(String codes, int expected, int attempts) throws Exception {
        Path scripts = Files.createDirectories(directory.resolve("scripts"));
        Path calls = directory.resolve("calls");
        String fake = "#!/usr/bin/env bash\necho \"$@\" >> '" + calls + "'\ncodes=(" + codes
                + ")\nexit \"${codes[$(wc -l < '" + calls + "') - 1]}\"\n";
        Files.setPosixFilePermissions(
                Files.writeString(scripts.resolve("firesteel"), fake), PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment =
                Map.of("FIRESTEEL_HOME", directory.toString(), "FIRESTEEL_RETRY_SECONDS", "0 0 0");
        assertThat(exitCode(environment, "bash", path("retrain.sh"), "job.yaml", "2026-11-01"))
                .isEqualTo(expected);
        List<String> called = Files.readAllLines(calls);
        assertThat(called).hasSize(attempts).containsOnly("retrain job.yaml --date 2026-11-01");
        assertAccepted(List.of(called.get(0).split(" ")));
    }

    @Test
    void scriptWithoutAJobSaysHowItIsUsed() throws Exception {
        assertThat(exitCode(Map.of(), "bash", path("retrain.sh"))).isNotZero();
    }

    private static void assertAccepted(List<String> arguments) {
        CommandLine.ParseResult parsed = new CommandLine(Firesteel.class).parseArgs(arguments.toArray(String[]::new));
        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("retrain");
    }

    private static List<String> withoutSubmitOptions(List<String> words) {
        int at = 1;
        while (words.get(at).startsWith("--")) {
            if (words.get(at + 1).startsWith("/opt/firesteel/")) {
                assertInRepository(words.get(at + 1));
            }
            at += 2;
        }
        return words.subList(at, words.size());
    }

    /** Paths of the installation exist in the repository. */
    private static void assertInRepository(String line) {
        assertThat(Pattern.compile("/opt/firesteel/(\\S+)").matcher(line).results())
                .isNotEmpty()
                .allSatisfy(path ->
                        assertThat(Page.repository().resolve(path.group(1))).exists());
    }

    private static boolean hasPython() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    }

    private static int exitCode(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Stream<List<String>> lists(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(ScheduleExamplesTest::lists);
        }
        if (node instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return Stream.of(list.stream().map(String.class::cast).toList());
        }
        return node instanceof List<?> list ? list.stream().flatMap(ScheduleExamplesTest::lists) : Stream.of();
    }

    private static Map<?, ?> maps(Object node, String key) {
        if (node instanceof Map<?, ?> map) {
            return map.get(key) instanceof Map<?, ?> found
                    ? found
                    : map.values().stream()
                            .<Map<?, ?>>map(inner -> maps(inner, key))
                            .filter(inner -> !inner.isEmpty())
                            .findFirst()
                            .orElse(Map.of());
        }
        return Map.of();
    }

    private static Object yaml(String name) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(read(name));
    }

    private static Document xml(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(read(name))));
    }

    private static List<String> texts(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent().strip())
                .toList();
    }

    private static String path(String name) {
        return DIRECTORY.resolve(name).toString();
    }

    private static String read(String name) throws IOException {
        return Files.readString(DIRECTORY.resolve(name));
    }
}
