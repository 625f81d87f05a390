package io.firesteel.spark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.spark.SharedSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs commands as a user does, in this JVM and over the Spark that all tests share. */
final class TrainingRuns {
    static final String NAME = "blobs";
    static final String RUN_ID = "r1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    /** @param directory where job files, data and runs lie */
    TrainingRuns(Path directory) {
        this.directory = directory;
    }

    /** A small classifier over {@code train.csv}; lines given here take the place of lines with the same key. */
    static String job(String... lines) {
        List<String> job = new ArrayList<>(List.of(
                "name: " + NAME,
                "seed: 7",
                "data: {format: csv, path: train.csv, options: {header: \"true\", inferSchema: \"true\"}}",
                "features: [{columns: [\"f*\"]}]",
                "label: {column: label, type: int64}",
                "model: {type: linear, outputs: 3}",
                "loss: crossEntropy",
                "optimizer: {type: adam, learningRate: 0.05}",
                "train: {epochs: 2, batchSize: 32, shards: 2, replicas: 2}",
                "metrics: [loss, accuracy]",
                "output: runs"));
        for (String line : lines) {
            String key = line.substring(0, line.indexOf(':') + 1);
            job.removeIf(other -> other.startsWith(key));
            job.add(line);
        }
        return String.join("\n", job) + "\n";
    }

    Path directory() {
        return directory;
    }

    /** Where the run of {@link #RUN_ID} lands. */
    Path runDirectory() {
        return runDirectory(RUN_ID);
    }

    Path runDirectory(String runId) {
        return directory.resolve("runs").resolve(NAME).resolve(runId);
    }

    /** Writes the job file and trains. */
    Ended train(String job, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("train", write("job.yaml", job).toString()));
        if (!Arrays.asList(options).contains("--run-id")) {
            arguments.addAll(List.of("--run-id", RUN_ID));
        }
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    /** Runs any command. */
    static Ended run(String... arguments) {
        SharedSpark.session();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Firesteel.run(arguments, new PrintWriter(out), new PrintWriter(err));
        return new Ended(code, out.toString(), err.toString());
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode report() {
        return json(runDirectory().resolve("report.json"));
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file and empty directory below a directory, hidden ones too; nothing if it isn't there. */
    static List<String> contents(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> Files.isRegularFile(path) || isEmptyDirectory(path))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmptyDirectory(Path path) {
        try (Stream<Path> inside = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            return inside.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How a command ended.
     *
     * @param code exit code
     * @param out what it printed
     * @param err what it told on the way, and why it failed
     */
    record Ended(int code, String out, String err) {
        /** The command must have done what it was asked. */
        Ended done() {
            if (code != 0) {
                throw new AssertionError("Exit code " + code + ": " + err);
            }
            return this;
        }
    }
}
