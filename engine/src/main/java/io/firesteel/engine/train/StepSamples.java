package io.firesteel.engine.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Collects the steps of one arrangement, block by block. Not thread-safe. */
final class StepSamples {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    /** One step, in nanoseconds. */
    record Sample(long step, long forward, long backward, long reduce, long optimizer, long data, long metrics) {
        /** Where all but the update is of no interest. */
        static Sample ofUpdate(long step, long optimizer) {
            return new Sample(step, 0, 0, 0, optimizer, 0, 0);
        }
    }

    private final int batch;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Double> rowsPerSecond = new ArrayList<>();
    private int stepsOfBlock;
    private long nanosOfBlock;

    /** @param batch rows of a step */
    StepSamples(int batch) {
        this.batch = batch;
    }

    void beginBlock() {
        stepsOfBlock = 0;
        nanosOfBlock = 0;
    }

    /** The first step of a block finds another loop's data in the caches and waits for its first batch: it isn't counted. */
    void add(Sample sample) {
        if (stepsOfBlock++ > 0) {
            samples.add(sample);
            nanosOfBlock += sample.step();
        }
    }

    void endBlock() {
        rowsPerSecond.add((stepsOfBlock - 1) * batch * NANOS_PER_SECOND / nanosOfBlock);
    }

    StepTimes times() {
        List<Sample> sorted =
                samples.stream().sorted(Comparator.comparingLong(Sample::step)).toList();
        int from = sorted.size() * 2 / 5;
        int to = Math.max(from + 1, sorted.size() * 3 / 5);
        int tenth = Math.max(1, sorted.size() / 10);
        return new StepTimes(mean(sorted.subList(from, to)), mean(sorted.subList(0, tenth)), rowsPerSecond);
    }

    private static StepPhases mean(List<Sample> steps) {
        return new StepPhases(
                mean(steps, Sample::step),
                mean(steps, Sample::forward),
                mean(steps, Sample::backward),
                mean(steps, Sample::reduce),
                mean(steps, Sample::optimizer),
                mean(steps, Sample::data),
                mean(steps, Sample::metrics));
    }

    private static double mean(List<Sample> samples, ToLongFunction<Sample> part) {
        Stream<Sample> all = samples.stream();
        return all.mapToLong(part).average().orElseThrow() / NANOS_PER_MICRO;
    }
}
