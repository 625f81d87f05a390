package io.firesteel.engine.handler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks NVIDIA's driver through <a href="https://docs.nvidia.com/deploy/nvidia-smi/index.html">nvidia-smi</a>, which answers a query
 * with a line for each GPU, its numbers in the order of the query and without units, and {@code [N/A]} for what it doesn't know.
 */
final class NvidiaSmi implements GpuReader {
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final String QUERY = "--query-gpu=memory.used,memory.total,utilization.gpu";
    private static final int NUMBERS = 3;

    private final String program;
    private final Duration deadline;

    /** @param program name or path of nvidia-smi */
    NvidiaSmi(String program, Duration deadline) {
        this.program = program;
        this.deadline = deadline;
    }

    @Override
    public GpuUse read(int device) {
        try {
            return parse(device, ask(device));
        } catch (IOException e) {
            throw failed(device, "there is no " + program, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(device, "interrupted", "waiting for " + program, e);
        }
    }

    private String ask(int device) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(program, QUERY, "--format=csv,noheader,nounits", "--id=" + device))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failed(device, program + " doesn't answer", deadline.toSeconds() + " s", null);
            }
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw failed(
                        device, program + " failed", "exit code " + process.exitValue() + ": " + line(answer), null);
            }
            return answer;
        } finally {
            process.destroyForcibly();
        }
    }

    /** The numbers of an answer about one GPU. */
    static GpuUse parse(int device, String answer) {
        String[] numbers = line(answer).split(",", -1);
        try {
            if (numbers.length == NUMBERS) {
                double[] parsed =
                        Arrays.stream(numbers).mapToDouble(NvidiaSmi::number).toArray();
                return new GpuUse(parsed[0], parsed[1], parsed[2]);
            }
        } catch (NumberFormatException e) {
            throw failed(device, "the driver's answer is no numbers", line(answer), e);
        }
        throw failed(device, "the driver's answer isn't " + NUMBERS + " numbers", line(answer), null);
    }

    private static double number(String text) {
        String number = text.strip();
        return number.startsWith("[") ? Double.NaN : Double.parseDouble(number);
    }

    private static String line(String answer) {
        return answer.lines().findFirst().orElse("").strip();
    }

    private static IllegalStateException failed(int device, String why, String what, Exception cause) {
        return new IllegalStateException(
                "Cannot read the use of GPU " + device + ": " + why + " (" + what
                        + "; expected a GPU and NVIDIA's driver, leave GpuInfo off without them)",
                cause);
    }
}
