package io.firesteel.spark.config;

import io.firesteel.engine.schedule.ConcatSchedule;
import io.firesteel.engine.schedule.ConstantSchedule;
import io.firesteel.engine.schedule.CosineSchedule;
import io.firesteel.engine.schedule.CyclicSchedule;
import io.firesteel.engine.schedule.ExponentialSchedule;
import io.firesteel.engine.schedule.InverseSquareRootSchedule;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.MultiStepSchedule;
import io.firesteel.engine.schedule.OneCycleSchedule;
import io.firesteel.engine.schedule.OneCycleSchedule.Phases;
import io.firesteel.engine.schedule.PiecewiseLinearSchedule;
import io.firesteel.engine.schedule.PolynomialSchedule;
import io.firesteel.engine.schedule.Schedule;
import io.firesteel.engine.schedule.Shape;
import io.firesteel.engine.schedule.StepSchedule;
import io.firesteel.engine.schedule.TriangularSchedule;
import io.firesteel.engine.schedule.WarmupSchedule;
import io.firesteel.spark.config.KeyValues.RecordKey;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds of schedules with the keys of each, and the warm-up that all of them may have before them. */
final class ScheduleKinds {
    private static final List<String> SIMPLE = List.of(
            "constant",
            "linear",
            "polynomial",
            "exponential",
            "step",
            "multiStep",
            "cosine",
            "cyclic",
            "triangular",
            "oneCycle",
            "inverseSquareRoot",
            "piecewise");
    private static final String CONCAT = "concat";

    private static final Key<Double> VALUE = Key.required("value", finite());
    private static final Key<Double> START = Key.optional("start", finite());
    private static final Key<Double> END = Key.withDefault("end", finite(), "0");
    private static final Key<Double> LAST = Key.optional("end", finite());
    private static final Key<Double> STEPS = Key.required("steps", positive());
    private static final Key<Double> POWER = Key.withDefault("power", positive(), "1");
    private static final Key<Double> FACTOR = Key.required("factor", positive());
    private static final Key<Double> TENTH = Key.withDefault("factor", positive(), "0.1");
    private static final Key<Double> EVERY = Key.required("every", positive());
    private static final Key<List<Double>> MILESTONES =
            Key.required("milestones", CollectionTypes.listOf(notNegative(), 1, "numbers >= 0"));
    private static final Key<Shape> SHAPE =
            Key.withDefault("shape", ScalarTypes.oneOf(List.of(Shape.values()), Shape::label), "cosine");
    private static final Key<Double> CYCLE = Key.required("cycle", positive());
    private static final Key<Double> CYCLE_FACTOR =
            Key.withDefault("cycleFactor", ScalarTypes.number(">= 1", value -> value >= 1), "1");
    private static final Key<Double> START_FACTOR = Key.withDefault("startFactor", positive(), "1");
    private static final Key<Double> END_FACTOR = Key.withDefault("endFactor", positive(), "1");
    private static final Key<Double> RETURN_STEPS = Key.withDefault("returnSteps", notNegative(), "0");
    private static final Key<Double> PEAK = Key.required("peak", finite());
    private static final Key<Double> UP = Key.required("up", positive());
    private static final Key<Double> DOWN = Key.optional("down", positive());
    private static final Key<Double> HEIGHT_FACTOR = Key.withDefault("heightFactor", factor(), "1");
    private static final Key<Double> STEP_FACTOR = Key.withDefault("stepFactor", factor(), "1");
    private static final Key<Double> TOP = Key.optional("peak", finite());
    private static final Key<Double> RISE =
            Key.withDefault("rise", ScalarTypes.number("> 0 and < 1", value -> value > 0 && value < 1), "0.3");
    private static final Key<Phases> PHASES = Key.withDefault(
            "phases", ScalarTypes.oneOf(List.of(Phases.values()), phases -> String.valueOf(phases.count())), "2");
    private static final Key<Shape> WAY =
            Key.withDefault("shape", ScalarTypes.oneOf(List.of(Shape.COSINE, Shape.LINEAR), Shape::label), "cosine");
    private static final Key<Double> TIMESCALE = Key.required("timescale", positive());
    private static final Key<List<PiecewiseLinearSchedule.Point>> POINTS =
            Key.required("points", CollectionTypes.listOf(PointSection.TYPE, 1, "mappings"));
    private static final Key<WarmupSection.Warmup> WARMUP = Key.optional("warmup", WarmupSection.TYPE);

    private final double own;
    private final Key<String> type;
    private final List<Key<?>> before;
    private final List<Variant<Schedule, ? extends Schedule>> variants;

    private ScheduleKinds(double own, List<String> labels, List<Key<?>> before) {
        this.own = own;
        this.type = Key.required("type", ScalarTypes.oneOf(labels, label -> label));
        this.before = before;
        this.variants = new ArrayList<>(simple());
    }

    /**
     * All kinds; what {@link PlateauSection} reads is named by the same key.
     *
     * @param own what a start is that a section leaves out: the optimizer's own value
     * @param before other keys that each section has
     */
    static ScheduleKinds all(double own, List<Key<?>> before) {
        ScheduleKinds kinds = new ScheduleKinds(
                own,
                Stream.concat(SIMPLE.stream(), Stream.of(CONCAT, PlateauSection.LABEL))
                        .toList(),
                before);
        kinds.variants.add(kinds.concat());
        return kinds;
    }

    /** The kinds that a part of a concatenation can be; a concatenation in another is the same as all parts in one. */
    static ScheduleKinds ofParts(double own, List<Key<?>> before) {
        return new ScheduleKinds(own, SIMPLE, before);
    }

    /** The key that names the kind. */
    Key<String> type() {
        return type;
    }

    List<Schema> schemas() {
        return Variant.schemas(variants);
    }

    Optional<Schedule> read(Section section) {
        return read(section, section.read(type));
    }

    /** @param label of the kind, which has been read; null after a problem */
    Optional<Schedule> read(Section section, String label) {
        Optional<WarmupSection.Warmup> warmup = section.find(WARMUP);
        return variants.stream()
                .filter(variant -> variant.label().equals(label))
                .findFirst()
                .flatMap(variant -> variant.read(section))
                .map(schedule -> warmup.<Schedule>map(found -> schedule.after(found.from(), found.steps()))
                        .orElse(schedule));
    }

    /** Adds the schedule's keys to those of a section. */
    void write(Schedule schedule, Map<String, Object> mapping) {
        if (schedule instanceof WarmupSchedule warmed) {
            mapping.putAll(Variant.write(warmed.then(), variants));
            WARMUP.write(new WarmupSection.Warmup(warmed.steps(), warmed.from()), mapping);
        } else {
            mapping.putAll(Variant.write(schedule, variants));
        }
    }

    private List<Variant<Schedule, ? extends Schedule>> simple() {
        return List.of(
                constant(),
                linear(),
                polynomial(),
                exponential(),
                step(),
                multiStep(),
                cosine(),
                cyclic(),
                triangular(),
                oneCycle(),
                inverseSquareRoot(),
                piecewise());
    }

    private <V extends Schedule> Variant<Schedule, V> variant(
            String label, Class<V> kind, Function<KeyValues, V> create, List<RecordKey<V, ?>> keys) {
        List<Key<?>> all = new ArrayList<>(List.of(type));
        all.addAll(before);
        keys.forEach(key -> all.add(key.key()));
        all.add(WARMUP);
        Schema schema = new Schema("type " + label, all);
        Function<Section, Optional<V>> reader = section -> {
            KeyValues values = new KeyValues(section, keys);
            return section.build(schema, () -> create.apply(values));
        };
        return new Variant<>(label, kind, schema, reader, (schedule, mapping) -> {
            type.write(label, mapping);
            keys.forEach(key -> key.write(schedule, mapping));
        });
    }

    private double start(KeyValues values) {
        return values.find(START).orElse(own);
    }

    private Variant<Schedule, ConstantSchedule> constant() {
        return variant(
                "constant",
                ConstantSchedule.class,
                values -> new ConstantSchedule(values.of(VALUE)),
                List.of(new RecordKey<>(VALUE, ConstantSchedule::value)));
    }

    private Variant<Schedule, LinearSchedule> linear() {
        return variant(
                "linear",
                LinearSchedule.class,
                values -> new LinearSchedule(start(values), values.of(END), values.of(STEPS)),
                List.of(
                        new RecordKey<>(START, LinearSchedule::start),
                        new RecordKey<>(END, LinearSchedule::end),
                        new RecordKey<>(STEPS, LinearSchedule::steps)));
    }

    private Variant<Schedule, PolynomialSchedule> polynomial() {
        return variant(
                "polynomial",
                PolynomialSchedule.class,
                values -> new PolynomialSchedule(start(values), values.of(END), values.of(STEPS), values.of(POWER)),
                List.of(
                        new RecordKey<>(START, PolynomialSchedule::start),
                        new RecordKey<>(END, PolynomialSchedule::end),
                        new RecordKey<>(STEPS, PolynomialSchedule::steps),
                        new RecordKey<>(POWER, PolynomialSchedule::power)));
    }

    private Variant<Schedule, ExponentialSchedule> exponential() {
        return variant(
                "exponential",
                ExponentialSchedule.class,
                values -> new ExponentialSchedule(start(values), values.of(FACTOR)),
                List.of(
                        new RecordKey<>(START, ExponentialSchedule::start),
                        new RecordKey<>(FACTOR, ExponentialSchedule::factor)));
    }

    private Variant<Schedule, StepSchedule> step() {
        return variant(
                "step",
                StepSchedule.class,
                values -> new StepSchedule(start(values), values.of(TENTH), values.of(EVERY)),
                List.of(
                        new RecordKey<>(START, StepSchedule::start),
                        new RecordKey<>(TENTH, StepSchedule::factor),
                        new RecordKey<>(EVERY, StepSchedule::every)));
    }

    private Variant<Schedule, MultiStepSchedule> multiStep() {
        return variant(
                "multiStep",
                MultiStepSchedule.class,
                values -> new MultiStepSchedule(start(values), values.of(TENTH), values.of(MILESTONES)),
                List.of(
                        new RecordKey<>(START, MultiStepSchedule::start),
                        new RecordKey<>(TENTH, MultiStepSchedule::factor),
                        new RecordKey<>(MILESTONES, MultiStepSchedule::milestones)));
    }

    private Variant<Schedule, CosineSchedule> cosine() {
        return variant(
                "cosine",
                CosineSchedule.class,
                values -> new CosineSchedule(start(values), values.of(END), values.of(STEPS)),
                List.of(
                        new RecordKey<>(START, CosineSchedule::start),
                        new RecordKey<>(END, CosineSchedule::end),
                        new RecordKey<>(STEPS, CosineSchedule::steps)));
    }

    private Variant<Schedule, CyclicSchedule> cyclic() {
        return variant(
                "cyclic",
                CyclicSchedule.class,
                values -> new CyclicSchedule(
                        values.of(SHAPE),
                        start(values),
                        values.of(END),
                        values.of(CYCLE),
                        values.of(CYCLE_FACTOR),
                        values.of(START_FACTOR),
                        values.of(END_FACTOR),
                        values.of(RETURN_STEPS)),
                List.of(
                        new RecordKey<>(SHAPE, CyclicSchedule::shape),
                        new RecordKey<>(START, CyclicSchedule::start),
                        new RecordKey<>(END, CyclicSchedule::end),
                        new RecordKey<>(CYCLE, CyclicSchedule::cycle),
                        new RecordKey<>(CYCLE_FACTOR, CyclicSchedule::cycleFactor),
                        new RecordKey<>(START_FACTOR, CyclicSchedule::startFactor),
                        new RecordKey<>(END_FACTOR, CyclicSchedule::endFactor),
                        new RecordKey<>(RETURN_STEPS, CyclicSchedule::returnSteps)));
    }

    private Variant<Schedule, TriangularSchedule> triangular() {
        return variant(
                "triangular",
                TriangularSchedule.class,
                values -> new TriangularSchedule(
                        start(values),
                        values.of(PEAK),
                        values.of(UP),
                        values.find(DOWN).orElse(values.of(UP)),
                        values.of(HEIGHT_FACTOR),
                        values.of(STEP_FACTOR)),
                List.of(
                        new RecordKey<>(START, TriangularSchedule::base),
                        new RecordKey<>(PEAK, TriangularSchedule::peak),
                        new RecordKey<>(UP, TriangularSchedule::up),
                        new RecordKey<>(DOWN, TriangularSchedule::down),
                        new RecordKey<>(HEIGHT_FACTOR, TriangularSchedule::heightFactor),
                        new RecordKey<>(STEP_FACTOR, TriangularSchedule::stepFactor)));
    }

    private Variant<Schedule, OneCycleSchedule> oneCycle() {
        return variant(
                "oneCycle",
                OneCycleSchedule.class,
                this::oneCycle,
                List.of(
                        new RecordKey<>(START, OneCycleSchedule::start),
                        new RecordKey<>(TOP, OneCycleSchedule::peak),
                        new RecordKey<>(LAST, OneCycleSchedule::end),
                        new RecordKey<>(STEPS, OneCycleSchedule::steps),
                        new RecordKey<>(RISE, OneCycleSchedule::rise),
                        new RecordKey<>(PHASES, OneCycleSchedule::phases),
                        new RecordKey<>(WAY, OneCycleSchedule::shape)));
    }

    /** Without a peak it is the optimizer's own value; start and end follow from it as PyTorch's do. */
    private OneCycleSchedule oneCycle(KeyValues values) {
        OneCycleSchedule usual = OneCycleSchedule.ofPeak(values.find(TOP).orElse(own), values.of(STEPS));
        double start = values.find(START).orElse(usual.start());
        double end = values.find(LAST)
                .orElse(values.find(START).map(given -> given / 1e4).orElse(usual.end()));
        return new OneCycleSchedule(
                start, usual.peak(), end, usual.steps(), values.of(RISE), values.of(PHASES), values.of(WAY));
    }

    private Variant<Schedule, InverseSquareRootSchedule> inverseSquareRoot() {
        return variant(
                "inverseSquareRoot",
                InverseSquareRootSchedule.class,
                values -> new InverseSquareRootSchedule(start(values), values.of(TIMESCALE)),
                List.of(
                        new RecordKey<>(START, InverseSquareRootSchedule::start),
                        new RecordKey<>(TIMESCALE, InverseSquareRootSchedule::timescale)));
    }

    private Variant<Schedule, PiecewiseLinearSchedule> piecewise() {
        return variant(
                "piecewise",
                PiecewiseLinearSchedule.class,
                values -> new PiecewiseLinearSchedule(values.of(POINTS)),
                List.of(new RecordKey<>(POINTS, PiecewiseLinearSchedule::points)));
    }

    private Variant<Schedule, ConcatSchedule> concat() {
        Key<List<PartSection.Part>> parts =
                Key.required("parts", CollectionTypes.listOf(PartSection.type(own), 1, "mappings"));
        return variant(
                CONCAT,
                ConcatSchedule.class,
                values -> PartSection.join(values.of(parts)),
                List.of(new RecordKey<>(parts, PartSection::partsOf)));
    }

    private static ValueType<Double> finite() {
        return ScalarTypes.number("", value -> true);
    }

    private static ValueType<Double> positive() {
        return ScalarTypes.number("> 0", value -> value > 0);
    }

    private static ValueType<Double> notNegative() {
        return ScalarTypes.number(">= 0", value -> value >= 0);
    }

    private static ValueType<Double> factor() {
        return ScalarTypes.number("> 0 and <= 1", value -> value > 0 && value <= 1);
    }
}
