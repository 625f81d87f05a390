package io.firesteel.engine.comm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The test's end of a {@link RankProcess}: starts it, gives it orders, and does to it what befalls executors. */
final class RankJvm implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 30_000;

    /**
     * How a rank ended.
     *
     * @param kind of the exception; NONE if all went well
     * @param peer whom it blames; -1 for nobody
     * @param wrong values that were not what they should be
     * @param atMillis by System.currentTimeMillis
     */
    record End(String kind, int peer, int wrong, long atMillis, String message) {
        static End of(String line) {
            String[] words = line.split(" ", 6);
            return new End(
                    words[1],
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Long.parseLong(words[4]),
                    words[5]);
        }
    }

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private RankJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of a rank");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // Killed.
            lines.add("");
        }
    }

    static RankJvm start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RankProcess.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new RankJvm(process);
    }

    /** The port it listens on from now on, for one run. */
    int listen() throws Exception {
        order("listen");
        return Integer.parseInt(await("address ").substring("address ".length()));
    }

    void order(String order) throws IOException {
        process.outputWriter(StandardCharsets.US_ASCII)
                .append(order)
                .append('\n')
                .flush();
    }

    void awaitRunning() throws InterruptedException {
        await("running");
    }

    End awaitEnd() throws InterruptedException {
        return End.of(await("ended "));
    }

    /** What it says first, if that is within so many milliseconds. */
    Optional<String> saysWithin(long millis) throws InterruptedException {
        return Optional.ofNullable(lines.poll(millis, TimeUnit.MILLISECONDS));
    }

    private String await(String prefix) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("A rank didn't say \"" + prefix + "\" in time; alive: " + process.isAlive());
            }
            // The JVM may have something to say too.
            if (line.startsWith(prefix)) {
                return line;
            }
        }
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void stop() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("Cannot send SIG" + name + " to a rank");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
