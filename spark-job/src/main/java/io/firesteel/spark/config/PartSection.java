package io.firesteel.spark.config;

import io.firesteel.engine.schedule.ConcatSchedule;
import io.firesteel.engine.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one part of a concatenation of schedules. */
final class PartSection {
    private static final Key<Double> DURATION = Key.optional("duration", ScalarTypes.number("> 0", value -> value > 0));

    /** A schedule, and for how many steps it holds; the last one's has none. */
    record Part(Schedule schedule, Optional<Double> duration) {}

    private PartSection() {}

    /** @param own what a start is that a part leaves out */
    static ValueType<Part> type(double own) {
        ScheduleKinds kinds = ScheduleKinds.ofParts(own, List.of(DURATION));
        return ValueType.section(section -> read(section, kinds), part -> write(part, kinds), kinds.schemas());
    }

    private static Optional<Part> read(Section section, ScheduleKinds kinds) {
        Optional<Double> duration = section.find(DURATION);
        return kinds.read(section).map(schedule -> new Part(schedule, duration));
    }

    private static Map<String, Object> write(Part part, ScheduleKinds kinds) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        kinds.write(part.schedule(), mapping);
        DURATION.write(part.duration(), mapping);
        return mapping;
    }

    /** @throws RuleViolation if the last part has a duration, or another one has none */
    static ConcatSchedule join(List<Part> parts) {
        int last = parts.size() - 1;
        for (int i = 0; i < last; i++) {
            if (parts.get(i).duration().isEmpty()) {
                throw new RuleViolation(path(i), "none (must be a finite number > 0 in every part but the last)");
            }
        }
        parts.get(last).duration().ifPresent(duration -> {
            throw new RuleViolation(path(last), duration + " (must be left out of the last part, which doesn't end)");
        });
        return new ConcatSchedule(
                parts.stream().map(Part::schedule).toList(),
                parts.stream().flatMap(part -> part.duration().stream()).toList());
    }

    private static String path(int part) {
        return "parts." + part + "." + DURATION.name();
    }

    static List<Part> partsOf(ConcatSchedule schedule) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < schedule.schedules().size(); i++) {
            boolean last = i == schedule.durations().size();
            parts.add(new Part(
                    schedule.schedules().get(i),
                    last ? Optional.empty() : Optional.of(schedule.durations().get(i))));
        }
        return parts;
    }
}
