package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.plot.LinePlot;
import io.firesteel.engine.schedule.CosineSchedule;
import io.firesteel.engine.schedule.CyclicSchedule;
import io.firesteel.engine.schedule.ExponentialSchedule;
import io.firesteel.engine.schedule.InverseSquareRootSchedule;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.OneCycleSchedule;
import io.firesteel.engine.schedule.PolynomialSchedule;
import io.firesteel.engine.schedule.Schedule;
import io.firesteel.engine.schedule.SchedulePlot;
import io.firesteel.engine.schedule.Shape;
import io.firesteel.engine.schedule.StepSchedule;
import io.firesteel.engine.schedule.TriangularSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pictures of docs/schedules.md show what the schedules compute; a new one lies in the module's target folder. */
class SchedulePicturesTest {
    private static final double RATE = 0.001;

    @Test
    void wayDownIsAsItIsDrawn() throws IOException {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        schedules.put("linear", new LinearSchedule(RATE, 0, 300));
        schedules.put("polynomial, power 2", new PolynomialSchedule(RATE, 0, 300, 2));
        schedules.put("exponential, factor 0.99", new ExponentialSchedule(RATE, 0.99));
        schedules.put("step, factor 0.5 every 75", new StepSchedule(RATE, 0.5, 75));
        schedules.put("cosine after warm-up", new CosineSchedule(RATE, 0, 270).after(0, 30));
        schedules.put("inverseSquareRoot after warm-up", new InverseSquareRootSchedule(RATE, 30).after(0, 30));
        assertDrawn("schedules-down.svg", SchedulePlot.of("One way down", schedules, 301));
    }

    @Test
    void cyclesAreAsTheyAreDrawn() throws IOException {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        schedules.put("cyclic, cycle 42, cycleFactor 2", new CyclicSchedule(Shape.COSINE, RATE, 0, 42, 2, 1, 1, 0));
        schedules.put("triangular, up 30, heightFactor 0.7", new TriangularSchedule(RATE / 10, RATE, 30, 30, 0.7, 1));
        schedules.put("oneCycle", OneCycleSchedule.ofPeak(RATE, 294));
        assertDrawn("schedules-cycles.svg", SchedulePlot.of("Up and down", schedules, 294));
    }

    private static void assertDrawn(String name, LinePlot plot) throws IOException {
        Path drawn = Files.write(Files.createDirectories(Path.of("target")).resolve(name), plot.bytes());
        assertThat(Page.repository().resolve("docs/images").resolve(name)).hasSameBinaryContentAs(drawn);
    }
}
