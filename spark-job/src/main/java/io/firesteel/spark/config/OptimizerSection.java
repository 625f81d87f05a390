package io.firesteel.spark.config;

import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.HyperparameterPlateau;
import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.Scheduled;
import io.firesteel.spark.config.ScheduleSection.OwnValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code optimizer}: those of its kind, and those that all kinds have. */
final class OptimizerSection {
    private static final Key<Clipping> CLIP = Key.optional("clip", ClippingSection.TYPE);
    private static final Key<List<GroupSection.Group>> GROUPS =
            Key.optional("groups", CollectionTypes.listOf(GroupSection.TYPE, 1, "mappings"));
    private static final Key<List<Scheduled>> SCHEDULE = ScheduleSection.key();
    private static final Key<Boolean> SHARDED = Key.withDefault("sharded", ScalarTypes.bool(), "false");
    private static final List<Variant<OptimizerSpec, ? extends OptimizerSpec>> VARIANTS =
            OptimizerKinds.variants(List.of(CLIP, GROUPS, SCHEDULE, SHARDED));

    static final ValueType<Optimization> TYPE =
            ValueType.section(OptimizerSection::read, OptimizerSection::write, Variant.schemas(VARIANTS));

    private OptimizerSection() {}

    private static Optional<Optimization> read(Section section) {
        String type = section.read(OptimizerKinds.TYPE);
        Optional<Clipping> clipping = section.find(CLIP);
        Optional<List<GroupSection.Group>> groups = section.find(GROUPS);
        Boolean sharded = section.read(SHARDED);
        Optional<OptimizerSpec> optimizer = VARIANTS.stream()
                .filter(variant -> variant.label().equals(type))
                .findFirst()
                .flatMap(variant -> variant.read(section));
        if (optimizer.isEmpty()) {
            section.find(SCHEDULE);
        }
        return optimizer.flatMap(found -> optimization(
                section, found, groups(groups.orElse(List.of()), found), clipping.orElse(Clipping.none()), sharded));
    }

    /** Schedules come last, as what they leave out is the optimizer's or a group's. */
    private static Optional<Optimization> optimization(
            Section section, OptimizerSpec optimizer, List<ParameterGroup> groups, Clipping clipping, boolean sharded) {
        Optional<List<Scheduled>> scheduled = section.find(ScheduleSection.key(OwnValues.of(optimizer, groups)));
        if (section.has(SCHEDULE) && scheduled.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Optimization(
                    optimizer,
                    groups,
                    clipping,
                    only(HyperparameterSchedule.class, scheduled.orElse(List.of())),
                    only(HyperparameterPlateau.class, scheduled.orElse(List.of())),
                    sharded));
        } catch (IllegalArgumentException e) {
            section.report(SCHEDULE.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private static <T extends Scheduled> List<T> only(Class<T> kind, List<Scheduled> scheduled) {
        return scheduled.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<ParameterGroup> groups(List<GroupSection.Group> groups, OptimizerSpec optimizer) {
        return groups.stream().map(group -> group.of(optimizer)).toList();
    }

    private static Map<String, Object> write(Optimization optimization) {
        Map<String, Object> mapping = Variant.write(optimization.optimizer(), VARIANTS);
        if (optimization.clipping().kind() != Clipping.Kind.NONE) {
            CLIP.write(optimization.clipping(), mapping);
        }
        if (!optimization.groups().isEmpty()) {
            GROUPS.write(
                    optimization.groups().stream().map(GroupSection.Group::of).toList(), mapping);
        }
        List<Scheduled> scheduled = new ArrayList<>(optimization.schedules());
        scheduled.addAll(optimization.plateaus());
        if (!scheduled.isEmpty()) {
            SCHEDULE.write(scheduled, mapping);
        }
        SHARDED.write(optimization.sharded(), mapping);
        return mapping;
    }
}
