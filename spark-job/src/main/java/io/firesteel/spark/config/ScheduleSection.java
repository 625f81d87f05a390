package io.firesteel.spark.config;

import io.firesteel.engine.optim.HyperparameterPlateau;
import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.Scheduled;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.Pace;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys under {@code optimizer.schedule}: what is scheduled, and those of the schedule's kind. */
final class ScheduleSection {
    private static final Key<Tunable> PARAMETER =
            Key.withDefault("parameter", ScalarTypes.oneOf(List.of(Tunable.values()), Tunable::label), "learningRate");
    private static final Key<String> GROUP = Key.optional("group", ScalarTypes.text());
    private static final Key<Pace> PER =
            Key.withDefault("per", ScalarTypes.oneOf(List.of(Pace.values()), Pace::label), "iteration");
    private static final List<Key<?>> BINDING = List.of(PARAMETER, GROUP, PER);

    /** For the schema and to write; starts that are left out need the optimizer. */
    private static final ScheduleKinds WITHOUT_OPTIMIZER = ScheduleKinds.all(0, BINDING);

    private static final PlateauSection PLATEAU = new PlateauSection(WITHOUT_OPTIMIZER.type(), PARAMETER, GROUP);

    /** What hyper-parameters begin with, which schedules start from where they don't say otherwise. */
    @FunctionalInterface
    interface OwnValues {
        double of(Tunable parameter, Optional<String> group);

        /** Those of an optimizer and its groups; any number where it has none, which the optimization then refuses. */
        static OwnValues of(OptimizerSpec optimizer, List<ParameterGroup> groups) {
            return (parameter, group) -> groups.stream()
                    .filter(candidate -> group.equals(Optional.of(candidate.parameters())))
                    .findFirst()
                    .map(found -> ofGroup(found).get(parameter))
                    .orElseGet(() -> optimizer.tunables().getOrDefault(parameter, 0.0));
        }

        private static Map<Tunable, Double> ofGroup(ParameterGroup group) {
            return Map.of(Tunable.LEARNING_RATE, group.learningRate(), Tunable.WEIGHT_DECAY, group.weightDecay());
        }
    }

    private ScheduleSection() {}

    /** The key as schemas and writers know it; it can be read where there is no optimizer, to find what is wrong. */
    static Key<List<Scheduled>> key() {
        return key((parameter, group) -> 0);
    }

    /** The key, to be read beside an optimizer. */
    static Key<List<Scheduled>> key(OwnValues own) {
        return Key.optional(
                "schedule",
                CollectionTypes.oneOrList(
                        ValueType.section(section -> read(section, own), ScheduleSection::write, schemas())));
    }

    private static List<Schema> schemas() {
        return Stream.concat(WITHOUT_OPTIMIZER.schemas().stream(), Stream.of(PLATEAU.schema()))
                .toList();
    }

    private static Optional<Scheduled> read(Section section, OwnValues own) {
        String kind = section.read(WITHOUT_OPTIMIZER.type());
        return PlateauSection.LABEL.equals(kind)
                ? PLATEAU.read(section).map(plateau -> plateau)
                : readSchedule(section, kind, own).map(schedule -> schedule);
    }

    private static Optional<HyperparameterSchedule> readSchedule(Section section, String kind, OwnValues own) {
        Tunable parameter = section.read(PARAMETER);
        Optional<String> group = section.find(GROUP);
        Pace pace = section.read(PER);
        double start = parameter == null ? 0 : own.of(parameter, group);
        return ScheduleKinds.all(start, BINDING)
                .read(section, kind)
                .map(schedule -> new HyperparameterSchedule(parameter, group.orElse(""), pace, schedule));
    }

    private static Map<String, Object> write(Scheduled scheduled) {
        return scheduled instanceof HyperparameterPlateau plateau
                ? PLATEAU.write(plateau)
                : write((HyperparameterSchedule) scheduled);
    }

    private static Map<String, Object> write(HyperparameterSchedule scheduled) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        WITHOUT_OPTIMIZER.write(scheduled.schedule(), mapping);
        PARAMETER.write(scheduled.parameter(), mapping);
        if (!scheduled.isForAll()) {
            GROUP.write(scheduled.group(), mapping);
        }
        PER.write(scheduled.pace(), mapping);
        return mapping;
    }
}
