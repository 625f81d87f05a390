package io.firesteel.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scripts/firesteel} with a spark-submit and a Maven that only write down what they are asked, in a checkout whose path
 * holds a space.
 */
@Timeout(60)
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String NATIVES = "pytorch-native-cpu-linux-x86_64.jar";

    @TempDir
    Path temp;

    private Path checkout;
    private Path spark;
    private Path jar;
    private final Map<String, String> environment = new TreeMap<>();

    private record Outcome(int code, List<String> submitted, String errors) {
        String option(String name) {
            return submitted.get(submitted.indexOf(name) + 1);
        }

        /** What the main class gets: all after the job jar. */
        List<String> arguments(Path jar) {
            return submitted.subList(submitted.indexOf(jar.toString()) + 1, submitted.size());
        }
    }

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Files.createDirectories(temp.resolve("a b/fire steel"));
        for (String part : List.of("pom.xml", "conf", "scripts")) {
            copy(REPOSITORY.resolve(part), checkout.resolve(part));
        }
        for (String module : List.of("engine", "connectors", "spark-job")) {
            write(checkout.resolve(module).resolve("pom.xml"), "");
            write(checkout.resolve(module).resolve("src/main/java/A.java"), "");
        }
        jar = checkout.resolve("spark-job/target/firesteel.jar");
        spark = temp.resolve("spark home");
        script(spark.resolve("bin/spark-submit"), "printf '%s\\n' \"$PWD\" \"$@\"; exit \"${EXIT_CODE:-0}\"");
        script(
                temp.resolve("tools/mvn"),
                "cd spark-job; mkdir -p target/natives target/spark/jars; : >target/natives/" + NATIVES,
                "echo jar >target/firesteel.jar; echo >>\"$BUILDS\"; echo '[ERROR] told by Maven'; exit \"${MVN_EXIT:-0}\"");
        environment.put("SPARK_HOME", spark.toString());
        environment.put("PATH", temp.resolve("tools") + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("BUILDS", temp.resolve("builds").toString());
        environment.put("FIRESTEEL_LOG", temp.resolve("a.log").toString());
    }

    @Test
    void argumentsReachTheMainClassUnchanged() throws Exception {
        List<String> arguments = List.of("train", "my job.yaml", "--set", "a=\"b\" $c", "", "--report", "*");

        Outcome outcome = launch(arguments);

        assertThat(outcome.arguments(jar)).isEqualTo(arguments);
        assertThat(outcome.option("--class")).isEqualTo("io.firesteel.spark.cli.Firesteel");
        assertThat(outcome.option("--master")).isEqualTo("local[*]");
        assertThat(outcome.submitted()).contains("spark.executorEnv.OMP_NUM_THREADS=1");
    }

    @Test
    void theMasterIsReadInBothFormsAndStaysVisible() throws Exception {
        List<String> apart = List.of("train", "job.yaml", "--master", "spark://h:7077");
        List<String> joined = List.of("train", "--master=local[3]", "job.yaml");

        assertThat(launch(apart).option("--master")).isEqualTo("spark://h:7077");
        assertThat(launch(apart).arguments(jar)).isEqualTo(apart);
        assertThat(launch(joined).option("--master")).isEqualTo("local[3]");
        assertThat(launch(joined).arguments(jar)).isEqualTo(joined);
    }

    @Test
    void severalReplicasOfABenchmarkGetAJvmEach() throws Exception {
        assertThat(launch(List.of("bench", "allreduce")).option("--master")).isEqualTo("local-cluster[2,1,1024]");
        assertThat(launch(List.of("bench", "allreduce", "--replicas", "4")).option("--master"))
                .isEqualTo("local-cluster[4,1,1024]");
        assertThat(launch(List.of("bench", "step", "--replicas=3")).option("--master"))
                .isEqualTo("local-cluster[3,1,1024]");
        assertThat(launch(List.of("bench", "predict")).option("--master")).isEqualTo("local-cluster[2,1,4096]");
        assertThat(launch(List.of("bench", "step")).option("--master")).isEqualTo("local[*]");
        assertThat(launch(List.of("bench", "step", "--replicas", "1")).option("--master"))
                .isEqualTo("local[*]");
        assertThat(launch(List.of("bench", "step", "--replicas", "many")).option("--master"))
                .isEqualTo("local[*]");
        assertThat(launch(List.of("bench", "step", "--replicas", "2", "--master", "local[2]"))
                        .option("--master"))
                .isEqualTo("local[2]");
        assertThat(launch(List.of("train", "--replicas", "2")).option("--master"))
                .isEqualTo("local[*]");
    }

    @Test
    void optionsBeforeTheCommandGoToSubmit() throws Exception {
        Outcome outcome = launch(List.of("--conf", "spark.a=b c", "--properties-file", "x.conf", "train", "job.yaml"));

        assertThat(outcome.submitted()).contains("spark.a=b c");
        assertThat(outcome.option("--properties-file")).isEqualTo("x.conf");
        assertThat(outcome.arguments(jar)).containsExactly("train", "job.yaml");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 6, 70})
    void theExitCodeOfTheMainClassIsPassedOn(int code) throws Exception {
        environment.put("EXIT_CODE", Integer.toString(code));

        assertThat(launch(List.of("train")).code()).isEqualTo(code);
    }

    @Test
    void theWorkingDirectoryStaysAlsoThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("firesteel"), checkout.resolve("scripts/firesteel"));

        Outcome outcome = run(List.of(link.toString(), "train"));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.submitted()).first().isEqualTo(temp.toRealPath().toString());
        assertThat(outcome.submitted()).contains(jar.toString());
    }

    @ParameterizedTest
    @CsvSource({"spark://h:7077, --jars", "yarn, --jars", "'local-cluster[2,1,1024]', --driver-class-path"})
    void libtorchTravelsOnlyToOtherMachines(String master, String option) throws Exception {
        Outcome outcome = launch(List.of("train", "--master", master));

        assertThat(outcome.option(option))
                .isEqualTo(jar.resolveSibling("natives/" + NATIVES).toString());
    }

    @Test
    void libtorchOnTheNodesIsNamedToTheExecutors() throws Exception {
        environment.put("PYTORCH_LIBRARY_PATH", "/opt/torch");
        environment.put("PYTORCH_FLAVOR", "cpu");

        Outcome outcome = launch(List.of("train", "--master", "yarn"));

        assertThat(outcome.submitted())
                .doesNotContain("--jars")
                .contains("spark.executorEnv.PYTORCH_LIBRARY_PATH=/opt/torch", "spark.executorEnv.PYTORCH_FLAVOR=cpu");
    }

    @Test
    void aJobJarWithLibtorchInsideNeedsNoSecondJar() throws Exception {
        Path fat = write(temp.resolve("fat.jar"), "PK native/lib/pytorch.properties");
        environment.put("FIRESTEEL_JAR", fat.toString());

        Outcome outcome = launch(List.of("train", "--master", "yarn"));

        assertThat(outcome.submitted()).doesNotContain("--jars").contains(fat.toString());
        assertThat(builds()).isZero();
    }

    @Test
    void theJobJarIsBuiltOnceAndAgainWhenASourceIsNewer() throws Exception {
        assertThat(launch(List.of("train")).errors())
                .startsWith("Building firesteel.jar")
                .hasLineCount(1);
        assertThat(launch(List.of("train")).errors()).isEmpty();
        assertThat(builds()).isEqualTo(1);

        Path source = checkout.resolve("connectors/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch(List.of("train"));
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aFailedBuildShowsMavensErrorsAndStartsNothing() throws Exception {
        environment.put("MVN_EXIT", "1");

        Outcome outcome = launch(List.of("train"));

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.submitted()).isEmpty();
        assertThat(outcome.errors())
                .contains("[ERROR] told by Maven")
                .endsWith("Cannot build the job jar: Maven failed; its whole output is in " + checkout
                        + "/target/build.log\n");
    }

    @Test
    void whatTheLauncherRefusesSaysWhyAndTheWayOut() throws Exception {
        environment.put("FIRESTEEL_JAR", write(temp.resolve("job.jar"), "").toString());
        assertRefused(
                List.of("train"),
                "Cannot find libtorch: no jar in " + temp + "/natives; set PYTORCH_LIBRARY_PATH to a folder with"
                        + " libtorch, or build with -Pfat");
        assertRefused(List.of("--conf"), "Cannot read the command line: --conf needs a value");
        environment.put("SPARK_HOME", "/nowhere");
        assertRefused(
                List.of("train"),
                "Cannot submit with SPARK_HOME: no bin/spark-submit in it (/nowhere); name a Spark 4.1 distribution,"
                        + " or unset it to use the Spark jars in the build");
        environment.remove("SPARK_HOME");
        assertRefused(
                List.of("train", "--master", "yarn"),
                "Cannot submit to yarn: the Spark jars in the build reach local, local-cluster and spark:// masters only;"
                        + " set SPARK_HOME to a Spark 4.1 distribution");
        environment.put("FIRESTEEL_JAR", "/nowhere.jar");
        assertRefused(
                List.of("train"), "Cannot start Firesteel: no job jar at /nowhere.jar; correct or unset FIRESTEEL_JAR");
        environment.put("JAVA_HOME", "/nowhere");
        assertRefused(
                List.of("train"),
                "Cannot start Java: /nowhere/bin/java not found; install a JDK 17 or set JAVA_HOME to one");
    }

    private void assertRefused(List<String> arguments, String message) throws Exception {
        Outcome outcome = launch(arguments);
        assertThat(outcome.errors()).isEqualTo(message + "\n");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.submitted()).isEmpty();
    }

    private Outcome launch(List<String> arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("scripts/firesteel").toString()));
        command.addAll(arguments);
        return run(command);
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Path output = temp.resolve("output");
        Path errors = temp.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readAllLines(output, UTF_8), Files.readString(errors, UTF_8));
    }

    private int builds() throws IOException {
        Path builds = temp.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds, UTF_8).size() : 0;
    }

    private static void script(Path file, String... lines) throws IOException {
        write(file, "#!/usr/bin/env bash\n" + String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, UTF_8);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
