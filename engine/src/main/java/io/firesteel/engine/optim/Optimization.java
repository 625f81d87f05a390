package io.firesteel.engine.optim;

import io.firesteel.engine.kernel.IncubatorModule;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Everything about how weights are updated: a value, which creates one {@link Optimizer} per replica.
 *
 * @param optimizer kind and hyper-parameters
 * @param groups parameters with hyper-parameters of their own; a parameter belongs to the first group that it fits, or to
 *     none
 * @param clipping of the gradients
 * @param schedules of hyper-parameters, at most one for each of all parameters and for each of a group; {@link
 *     HyperparameterSchedules} applies them
 * @param plateaus hyper-parameters that go down where a metric stops to improve; none of them has a schedule too
 * @param sharded whether each replica keeps and updates a slice of the parameters instead of all: 1/N of the work and of the
 *     state, the same bits
 */
public record Optimization(
        OptimizerSpec optimizer,
        List<ParameterGroup> groups,
        Clipping clipping,
        List<HyperparameterSchedule> schedules,
        List<HyperparameterPlateau> plateaus,
        boolean sharded)
        implements Serializable {
    public Optimization {
        Objects.requireNonNull(optimizer, "optimizer");
        groups = List.copyOf(groups);
        Objects.requireNonNull(clipping, "clipping");
        schedules = List.copyOf(schedules);
        plateaus = List.copyOf(plateaus);
        ScheduleRules.check(optimizer, groups, schedules, plateaus);
    }

    /** Without plateaus. */
    public Optimization(
            OptimizerSpec optimizer,
            List<ParameterGroup> groups,
            Clipping clipping,
            List<HyperparameterSchedule> schedules,
            boolean sharded) {
        this(optimizer, groups, clipping, schedules, List.of(), sharded);
    }

    /** Without schedules. */
    public Optimization(OptimizerSpec optimizer, List<ParameterGroup> groups, Clipping clipping, boolean sharded) {
        this(optimizer, groups, clipping, List.of(), List.of(), sharded);
    }

    /** An optimizer for all parameters alike, without clipping, not sharded. */
    public static Optimization of(OptimizerSpec optimizer) {
        return new Optimization(optimizer, List.of(), Clipping.none(), false);
    }

    /**
     * Checks that the groups fit a network, before there is memory for it.
     *
     * @param names of all trainable parameters
     * @throws IllegalArgumentException if a group fits none of them
     */
    public void check(List<String> names) {
        new GroupAssignment(groups, names);
    }

    /**
     * An optimizer that has taken no step, for the floats from {@code from} to {@code to} of the flat memory. Slices that
     * join to the whole give the bits of an optimizer for the whole.
     *
     * @param segments all trainable parameters, by offset, not overlapping; between them may be gaps of zeros
     * @param from first float, a multiple of {@value Block#FLOATS}
     * @param to first float after, a multiple of {@value Block#FLOATS} too or behind all segments
     * @param sums completes sums over all slices
     * @throws IllegalArgumentException if segments overlap, the slice doesn't end between blocks, or a group fits no
     *     parameter
     */
    public Optimizer create(List<ParameterSegment> segments, int from, int to, BlockSums sums) {
        return create(segments, from, to, sums, IncubatorModule.isPresent());
    }

    /** @param lanes whether vector loops may be used */
    Optimizer create(List<ParameterSegment> segments, int from, int to, BlockSums sums, boolean lanes) {
        GroupAssignment assignment = new GroupAssignment(
                groups, segments.stream().map(ParameterSegment::name).toList());
        Partition partition = new Partition(segments, assignment, from, to);
        return new FlatOptimizer(this, partition, sums, lanes);
    }
}
