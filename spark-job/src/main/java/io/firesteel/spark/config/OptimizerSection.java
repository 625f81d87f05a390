package io.firesteel.spark.config;

import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code optimizer}: those of its kind, and those that all kinds have. */
final class OptimizerSection {
    private static final Key<Clipping> CLIP = Key.optional("clip", ClippingSection.TYPE);
    private static final Key<List<GroupSection.Group>> GROUPS =
            Key.optional("groups", CollectionTypes.listOf(GroupSection.TYPE, 1, "mappings"));
    private static final Key<Boolean> SHARDED = Key.withDefault("sharded", ScalarTypes.bool(), "false");
    private static final List<Variant<OptimizerSpec, ? extends OptimizerSpec>> VARIANTS =
            OptimizerKinds.variants(List.of(CLIP, GROUPS, SHARDED));

    static final ValueType<Optimization> TYPE =
            ValueType.section(OptimizerSection::read, OptimizerSection::write, Variant.schemas(VARIANTS));

    private OptimizerSection() {}

    private static Optional<Optimization> read(Section section) {
        String type = section.read(OptimizerKinds.TYPE);
        Optional<Clipping> clipping = section.find(CLIP);
        Optional<List<GroupSection.Group>> groups = section.find(GROUPS);
        Boolean sharded = section.read(SHARDED);
        return VARIANTS.stream()
                .filter(variant -> variant.label().equals(type))
                .findFirst()
                .flatMap(variant -> variant.read(section))
                .map(optimizer -> new Optimization(
                        optimizer,
                        groups(groups.orElse(List.of()), optimizer),
                        clipping.orElse(Clipping.none()),
                        sharded));
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
        SHARDED.write(optimization.sharded(), mapping);
        return mapping;
    }
}
