package io.firesteel.spark.retrain;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a program, without a shell, with {@code FIRESTEEL_*} in its environment.
 *
 * @param command program and arguments, at least the program
 * @param timeout after it the program is killed
 */
record CommandHook(List<String> command, Duration timeout) implements Hook {
    private static final int SHOWN = 500;

    CommandHook {
        command = List.copyOf(command);
    }

    @Override
    public void call(HookEvent event) throws IOException, InterruptedException {
        // A file, for a pipe would stay open as long as any child of the program lives.
        Path output = Files.createTempFile("firesteel-hook-", ".log");
        try {
            Process process = start(event, output);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("Cannot run hook " + command + ": it hasn't ended within " + timeout.toSeconds()
                        + " s and was killed (let it start what takes longer in the background)");
            }
            if (process.exitValue() != 0) {
                throw new IOException("Cannot run hook " + command + ": it ended with " + process.exitValue()
                        + " (expected 0)" + said(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    private Process start(HookEvent event, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().putAll(event.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "Cannot run hook " + command + ": " + command.get(0)
                            + " can't be started (expected a program on the PATH or its path): " + e.getMessage(),
                    e);
        }
    }

    private static String said(Path output) throws IOException {
        String text = new String(Files.readAllBytes(output), Charset.defaultCharset()).strip();
        String end = text.substring(Math.max(0, text.length() - SHOWN));
        return end.isEmpty() ? "" : ": " + end;
    }
}
