package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GpuInfoTest {
    @TempDir
    private Path directory;

    private static Engine<Void, Void> engine() {
        return new Engine<>("trainer", (e, batch) -> null);
    }

    @Test
    void numbersAreWrittenUnderTheGpusName() {
        Engine<Void, Void> engine = engine();
        engine.attach(new GpuInfo<>(1, Events.EPOCH_COMPLETED, device -> new GpuUse(20_480, 81_920, 97)));
        engine.run(RunLimit.epochs(1).withEpochLength(1));
        assertThat(engine.state().metrics())
                .containsEntry("gpu1.memoryMiB", 20_480.0)
                .containsEntry("gpu1.memoryPercent", 25.0)
                .containsEntry("gpu1.utilizationPercent", 97.0);
    }

    @Test
    void gpuThatIsLostInARunIsNaNAndTheRunGoesOn() {
        Iterator<GpuUse> readable =
                List.of(new GpuUse(1, 2, 3), new GpuUse(1, 2, 3)).iterator();
        Engine<Void, Void> engine = engine();
        engine.attach(new GpuInfo<>(0, Events.EPOCH_COMPLETED, device -> {
            if (!readable.hasNext()) {
                throw new IllegalStateException("Cannot read the use of GPU 0: it has fallen off the bus");
            }
            return readable.next();
        }));
        engine.run(RunLimit.epochs(3).withEpochLength(1));
        assertThat(engine.state().metrics().get("gpu0.memoryMiB")).isNaN();
        assertThat(engine.state().epoch()).isEqualTo(3);
    }

    /** Lines of the form that nvidia-smi's own help gives for csv,noheader,nounits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'1234, 81559, 42'; 1234; 81559; 42",
                "'0, 16384, 0'; 0; 16384; 0",
                "'7, 9728, [N/A]'; 7; 9728; NaN",
                "'7, 9728, [Not Supported]'; 7; 9728; NaN",
                "'  5,6 , 7 '; 5; 6; 7"
            })
    void answerIsParsed(String answer, double used, double total, double utilization) {
        assertThat(NvidiaSmi.parse(0, answer + "\n")).isEqualTo(new GpuUse(used, total, utilization));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "No devices were found; the driver's answer isn't 3 numbers (No devices were found",
                "''; the driver's answer isn't 3 numbers (",
                "'1, 2, many'; the driver's answer is no numbers (1, 2, many"
            })
    void answerThatIsNoneIsNamed(String answer, String why) {
        assertThatIllegalStateException()
                .isThrownBy(() -> NvidiaSmi.parse(2, answer))
                .withMessage("Cannot read the use of GPU 2: " + why
                        + "; expected a GPU and NVIDIA's driver, leave GpuInfo off without them)");
    }

    @Test
    void machineWithoutTheProgramIsNamedWhenTheHandlerIsAttached() {
        NvidiaSmi none = new NvidiaSmi(directory.resolve("nvidia-smi").toString(), NvidiaSmi.DEADLINE);
        assertThatIllegalStateException()
                .isThrownBy(() -> engine().attach(new GpuInfo<>(0, Events.EPOCH_COMPLETED, none)))
                .withMessageStartingWith("Cannot read the use of GPU 0: there is no " + directory)
                .withMessageEndingWith("; expected a GPU and NVIDIA's driver, leave GpuInfo off without them)");
    }

    @Test
    void programIsAskedForOneGpu() throws IOException {
        assertThat(program("[ \"$3\" = --id=1 ] && echo '10, 20, 30'").read(1)).isEqualTo(new GpuUse(10, 20, 30));
    }

    @Test
    void programThatFailsIsNamedWithItsOutput() throws IOException {
        NvidiaSmi smi = program("echo 'No devices were found' >&2; exit 6");
        assertThatIllegalStateException()
                .isThrownBy(() -> smi.read(0))
                .withMessageContaining("failed (exit code 6: No devices were found; expected a GPU");
    }

    @Test
    void programThatHangsIsLeftAfterADeadline() throws IOException {
        NvidiaSmi smi = program("exec sleep 50", Duration.ofSeconds(1));
        assertThatIllegalStateException()
                .isThrownBy(() -> smi.read(0))
                .withMessageContaining("doesn't answer (1 s; expected a GPU");
    }

    private NvidiaSmi program(String script) throws IOException {
        return program(script, NvidiaSmi.DEADLINE);
    }

    private NvidiaSmi program(String script, Duration deadline) throws IOException {
        Path file = Files.writeString(directory.resolve("smi"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new NvidiaSmi(file.toString(), deadline);
    }

    @Test
    void numberOfAGpuBelowZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GpuInfo<Void, Void>(-1))
                .withMessage("Invalid device: -1 (must be >= 0)");
    }
}
