package io.firesteel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.engine.checkpoint.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job jar as a user starts it, with executors in JVMs of their own. */
@Timeout(300)
class LauncherIT {
    private static final Path LAUNCHER = Path.of("..", "scripts", "firesteel").toAbsolutePath();
    private static final Path JOB_JAR = Path.of(System.getProperty("firesteel.jar"));
    private static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";

    @TempDir
    private Path directory;

    @BeforeEach
    void writeData() throws IOException {
        Random random = new Random(11);
        StringBuilder rows = new StringBuilder("a,b,label\n");
        for (int i = 0; i < 200; i++) {
            int label = i % 2;
            rows.append(random.nextGaussian() + label).append(',').append(random.nextGaussian() - label);
            rows.append(',').append(label).append('\n');
        }
        Files.writeString(directory.resolve("rows.csv"), rows);
    }

    @Test
    void executorsOfTheirOwnLearnTheSameBitsAsThreads() throws Exception {
        job(3, "");
        Ended threads = start(List.of(), "--master", "local[2]", "--run-id", "threads");
        assertThat(threads.code).as(threads.err).isZero();
        Ended executors = start(List.of(), "--master", TWO_EXECUTORS, "--run-id", "executors");
        assertThat(executors.code).as(executors.err).isZero();
        assertThat(executors.err.lines().findFirst())
                .contains("2 replicas on cpu, 4 shards, 200 training rows, 0 validation rows");
        assertThat(sha256("executors")).isEqualTo(sha256("threads"));
    }

    @Test
    void exceptionOfAUsersHandlerOnOneRankEndsTheRun() throws Exception {
        job(1_000_000, "setup: com.acme.FailsOnRankOne\n");
        Path jar = userJar("com.acme.FailsOnRankOne", """
                package com.acme;

                import io.firesteel.engine.event.Events;
                import io.firesteel.engine.train.TrainingEngines;
                import io.firesteel.engine.train.TrainingSetup;

                public final class FailsOnRankOne implements TrainingSetup {
                    @Override
                    public void attach(TrainingEngines engines) {
                        engines.trainer().on(Events.EPOCH_STARTED, engine -> {
                            if (engines.rank() == 1 && engine.state().epoch() == 3) {
                                throw new IllegalStateException("out of patience");
                            }
                        });
                    }
                }
                """);
        Ended ended = start(List.of("--conf", "spark.jars=" + jar), "--master", TWO_EXECUTORS, "--run-id", "failing");
        List<String> told =
                ended.err.lines().filter(line -> !line.startsWith("epoch ")).toList();
        assertThat(told)
                .containsExactly(
                        "2 replicas on cpu, 4 shards, 200 training rows, 0 validation rows",
                        "Cannot train: rank 1 on 127.0.0.1 failed: java.lang.IllegalStateException: out of patience");
        assertThat(ended.code).isEqualTo(4);
        assertThat(report("failing")).contains("\"status\" : \"failed\"");
    }

    /** Rank 1 kills its own JVM in the middle of an epoch, the first time that it comes there. */
    @Test
    void killedExecutorCostsARestartAndNotABit() throws Exception {
        job(20, "checkpoint: {everyIterations: 10}\n");
        Ended untouched = start(List.of(), "--master", "local[2]", "--run-id", "untouched");
        assertThat(untouched.code).as(untouched.err).isZero();
        job(20, "checkpoint: {everyIterations: 10}\nsetup: com.acme.KillsItself\n");
        Path marker = directory.resolve("killed");
        Path jar = userJar("com.acme.KillsItself", """
                package com.acme;

                import io.firesteel.engine.event.Events;
                import io.firesteel.engine.train.TrainingEngines;
                import io.firesteel.engine.train.TrainingSetup;
                import java.nio.file.Files;
                import java.nio.file.Path;

                public final class KillsItself implements TrainingSetup {
                    @Override
                    public void attach(TrainingEngines engines) {
                        engines.trainer().on(Events.ITERATION_COMPLETED.once(47), engine -> {
                            if (engines.rank() == 1 && Files.notExists(Path.of("MARKER"))) {
                                Files.createFile(Path.of("MARKER"));
                                String pid = Long.toString(ProcessHandle.current().pid());
                                new ProcessBuilder("kill", "-9", pid).start().waitFor();
                            }
                        });
                    }
                }
                """.replace("MARKER", marker.toString()));
        Ended killed = start(List.of("--jars", jar.toString()), "--master", TWO_EXECUTORS, "--run-id", "killed");
        assertThat(killed.code).as(killed.err).isZero();
        assertThat(marker).exists();
        assertThat(field("killed", "/restarts")).isEqualTo("1");
        assertThat(sha256("killed")).isEqualTo(sha256("untouched"));
        assertThat(field("killed", "/samples")).isEqualTo(field("untouched", "/samples"));
        assertThat(epochs("killed")).isEqualTo(epochs("untouched")).hasSize(20);
    }

    /** Handlers of all kinds, on replicas and on the driver, of a run whose rank 1 kills its own JVM inside an epoch. */
    @Test
    void handlersGoOnOverAKilledExecutorAsIfThereHadBeenNone() throws Exception {
        Files.writeString(directory.resolve("job.yaml"), """
                name: it
                data: {format: csv, path: rows.csv, options: {header: "true", inferSchema: "true"}, validation: {fraction: 0.3}}
                features: [{columns: [a, b]}]
                label: {column: label, type: int64}
                model: {type: mlp, hidden: [8], outputs: 2}
                loss: crossEntropy
                optimizer:
                  type: adam
                  learningRate: 0.05
                  schedule: {type: reduceOnPlateau, metric: validation.loss, factor: 0.5, patience: 0, threshold: 0.02}
                train: {epochs: 60, batchSize: 20, shards: 4, replicas: 2}
                checkpoint: {everyIterations: 5, keep: 2, best: {metric: validation.loss, keep: 2}}
                handlers:
                  earlyStopping: {metric: validation.loss, patience: 4, minDelta: 0.005}
                  ema: {momentum: 0.1}
                setup: com.acme.KillsItselfOnce
                output: runs
                """);
        Path marker = Files.createFile(directory.resolve("killed"));
        Path jar = userJar("com.acme.KillsItselfOnce", """
                package com.acme;

                import io.firesteel.engine.event.Events;
                import io.firesteel.engine.train.CoordinatorEngine;
                import io.firesteel.engine.train.CoordinatorSetup;
                import io.firesteel.engine.train.TrainingEngines;
                import io.firesteel.engine.train.TrainingSetup;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.nio.file.StandardOpenOption;
                import java.util.List;

                public final class KillsItselfOnce implements TrainingSetup, CoordinatorSetup {
                    @Override
                    public void attach(TrainingEngines engines) {
                        engines.onRank(1, Events.ITERATION_COMPLETED.once(32), engine -> {
                            if (Files.notExists(Path.of("MARKER"))) {
                                Files.createFile(Path.of("MARKER"));
                                String pid = Long.toString(ProcessHandle.current().pid());
                                new ProcessBuilder("kill", "-9", pid).start().waitFor();
                            }
                        });
                    }

                    @Override
                    public void onCoordinator(CoordinatorEngine coordinator) {
                        Path heard = Path.of("HEARD", coordinator.runId() + ".heard");
                        coordinator.engine().on(Events.STARTED.or(Events.EPOCH_COMPLETED).or(Events.COMPLETED), engine ->
                                Files.write(heard, List.of(engine.lastEvent().orElseThrow() + " " + engine.state().epoch()
                                        + " " + engine.state().iteration() + " " + engine.state().metrics()),
                                        StandardOpenOption.CREATE, StandardOpenOption.APPEND));
                    }
                }
                """.replace("MARKER", marker.toString())
                .replace("HEARD", directory.toString()));
        Ended untouched = start(List.of("--jars", jar.toString()), "--master", "local[2]", "--run-id", "untouched");
        assertThat(untouched.code).as(untouched.err).isZero();
        Files.delete(marker);
        Ended killed = start(List.of("--jars", jar.toString()), "--master", TWO_EXECUTORS, "--run-id", "killed");
        assertThat(killed.code).as(killed.err).isZero();
        assertThat(marker).exists();
        assertThat(field("killed", "/restarts")).isEqualTo("1");
        assertThat(field("killed", "/stopReason"))
                .startsWith("early stopping: validation.loss is ")
                .isEqualTo(field("untouched", "/stopReason"));
        assertThat(Integer.parseInt(field("untouched", "/iterations"))).isGreaterThan(40);
        assertThat(epochs("killed")).isEqualTo(epochs("untouched"));
        assertThat(sha256("killed")).isEqualTo(sha256("untouched"));
        assertThat(best("killed")).isEqualTo(best("untouched")).hasSize(4);
        assertThat(Files.readString(directory.resolve("killed.heard")))
                .isEqualTo(Files.readString(directory.resolve("untouched.heard")))
                .hasLineCount(2 + epochs("killed").size());
    }

    /** Scores and contents of the best checkpoints. */
    private List<Object> best(String runId) throws IOException {
        List<Object> best = new ArrayList<>();
        for (JsonNode checkpoint : new ObjectMapper().readTree(report(runId)).at("/bestCheckpoints")) {
            best.add(checkpoint.get("iteration") + " " + checkpoint.get("score"));
            try (InputStream file =
                    URI.create(checkpoint.get("path").asText()).toURL().openStream()) {
                best.add(SafeTensors.read(file).tensors());
            }
        }
        return best;
    }

    @Test
    void mastersThatSparkDoesNotKnowAreRefused() throws Exception {
        job(1, "");
        Ended ended = start(List.of(), "--master", "local[many]", "--run-id", "never");
        assertThat(ended.err)
                .isEqualTo("Cannot start Spark on local[many]: Could not parse Master URL: 'local[many]'\n");
        assertThat(ended.code).isEqualTo(2);
        assertThat(directory.resolve("runs")).doesNotExist();
    }

    @Test
    void benchmarksOfTwoReplicasRunInAJvmEachWithoutBeingTold() throws Exception {
        Path json = directory.resolve("bench.json");
        Ended allReduce =
                launch(List.of("bench", "allreduce", "--sizes", "1KB,1MB", "--rounds", "3", "--json", json.toString()));
        assertThat(allReduce.code).as(allReduce.err).isZero();
        assertThat(new ObjectMapper().readTree(json.toFile()).get("rows"))
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.get("replicas").asInt()).isEqualTo(2);
                    assertThat(row.get("processes").asInt()).isEqualTo(2);
                });
        Ended step = launch(List.of(
                "bench",
                "step",
                "--replicas",
                "2",
                "--model",
                "lenet",
                "--batch",
                "4",
                "--steps",
                "2",
                "--json",
                json.toString()));
        assertThat(step.code).as(step.err).isZero();
        assertThat(new ObjectMapper().readTree(json.toFile()).get("rows")).hasSize(3);
    }

    private void job(int epochs, String more) throws IOException {
        Files.writeString(directory.resolve("job.yaml"), """
                name: it
                data: {format: csv, path: rows.csv, options: {header: "true", inferSchema: "true"}}
                features: [{columns: [a, b]}]
                label: {column: label, type: int64}
                model: {type: mlp, hidden: [8], outputs: 2}
                loss: crossEntropy
                optimizer: {type: adam}
                train: {epochs: %d, batchSize: 50, shards: 4, replicas: 2}
                output: runs
                %s""".formatted(epochs, more));
    }

    private Ended start(List<String> submitOptions, String... options) throws Exception {
        List<String> words = new ArrayList<>(submitOptions);
        words.addAll(List.of("train", directory.resolve("job.yaml").toString()));
        words.addAll(List.of(options));
        return launch(words);
    }

    private Ended launch(List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().remove("SPARK_SCALA_VERSION");
        builder.environment().put("FIRESTEEL_JAR", JOB_JAR.toString());
        builder.environment().put("FIRESTEEL_LOG", directory.resolve("log").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(200, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), withoutAnnouncement(Files.readString(directory.resolve("err"))));
    }

    /** The JVM's own first line says that it has the vector module, as it does under spark-submit. */
    private static String withoutAnnouncement(String err) {
        String announcement = "WARNING: Using incubator modules: jdk.incubator.vector\n";
        assertThat(err).startsWith(announcement);
        return err.substring(announcement.length());
    }

    private String report(String runId) throws IOException {
        return Files.readString(directory.resolve("runs/it").resolve(runId).resolve("report.json"));
    }

    private String sha256(String runId) throws IOException {
        return field(runId, "/model/sha256");
    }

    private String field(String runId, String pointer) throws IOException {
        return new ObjectMapper().readTree(report(runId)).at(pointer).asText();
    }

    /** Number, position, values and ledger of each epoch: all but its seconds. */
    private List<String> epochs(String runId) throws IOException {
        List<String> epochs = new ArrayList<>();
        for (JsonNode epoch : new ObjectMapper().readTree(report(runId)).at("/history")) {
            epochs.add(((ObjectNode) epoch).without("seconds").toString());
        }
        return epochs;
    }

    /** A jar with one class, compiled against the job jar as a user would. */
    private Path userJar(String className, String source) throws IOException {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        String file = className.replace('.', '/') + ".class";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject text =
                new SimpleJavaFileObject(
                        URI.create("string:///" + file.replace(".class", ".java")), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("-classpath", JOB_JAR.toString(), "-d", classes.toString(), "-proc:none");
        assertThat(compiler.getTask(null, null, null, options, null, List.of(text))
                        .call())
                .isTrue();
        Path jar = directory.resolve("user.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(file));
            out.write(Files.readAllBytes(classes.resolve(file)));
        }
        return jar;
    }

    private record Ended(int code, String err) {}
}
