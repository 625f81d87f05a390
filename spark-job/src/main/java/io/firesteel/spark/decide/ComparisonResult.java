package io.firesteel.spark.decide;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.spark.config.PromotionRules.Test;
import io.firesteel.spark.decide.Comparison.ModelResult;
import io.firesteel.spark.decide.Comparison.Slice;
import io.firesteel.spark.decide.ComparisonState.Part;
import io.firesteel.spark.decide.Contestant.Role;
import io.firesteel.spark.decide.Resampled.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Makes a comparison of the state of all rows. */
final class ComparisonResult {
    /** The intervals of parts are shown and decide nothing, so fewer resamples do. */
    static final int RESAMPLES_OF_PARTS = 200;

    private final ComparisonPlan plan;
    private final ComparisonState state;
    private final KeptRows kept;
    private final Resampling resampling;
    private final int[] order;

    ComparisonResult(ComparisonPlan plan, ComparisonState state) {
        this.plan = plan;
        this.state = state;
        this.kept = state.kept();
        if (kept.isEmpty()) {
            throw new DataException("Cannot compare models: there are no rows to draw from (of " + state.rows()
                    + " held-out rows 0, expected at least 1 with an id of its own)");
        }
        this.resampling = new Resampling(
                plan,
                kept,
                IntStream.range(0, plan.models().size())
                        .filter(model -> !state.problems().containsKey(model))
                        .boxed()
                        .toList());
        this.order = kept.order();
    }

    Comparison comparison() {
        List<MetricResults> results = new ArrayList<>();
        for (int model = 0; model < plan.models().size(); model++) {
            results.add(state.set(model).compute(state.states(model)));
        }
        double[] values = results.stream().mapToDouble(this::judged).toArray();
        double[][] resampled = resampling.values(List.of(order), plan.resamples())[0];
        centre(resampled, values, order);
        List<ModelResult> models = new ArrayList<>();
        for (int model = 0; model < values.length; model++) {
            models.add(model(model, results.get(model), values[model], resampled[model]));
        }
        List<Slice> slices = new ArrayList<>();
        for (int column = 0; column < plan.slices().size(); column++) {
            slices.addAll(slices(column));
        }
        return new Comparison(plan, state.rows(), kept.size(), models, improvements(values, resampled), slices);
    }

    private double judged(MetricResults results) {
        return results.flatten().getOrDefault(plan.metric(), Double.NaN);
    }

    /** Moves what a sample of the rows gave to where all of them are: the sample says how far values scatter, not around what. */
    private void centre(double[][] resampled, double[] values, int[] rows) {
        for (int model = 0; model < values.length && kept.size() < state.rows(); model++) {
            if (!state.problems().containsKey(model)) {
                double shift = values[model] - resampling.value(model, rows);
                double[] moved = resampled[model];
                Arrays.setAll(moved, i -> moved[i] + shift);
            }
        }
    }

    private ModelResult model(int model, MetricResults results, double value, double[] resampled) {
        Map<String, String> problems = new LinkedHashMap<>(results.problems());
        Optional.ofNullable(state.problems().get(model)).ifPresent(problem -> problems.put(plan.metric(), problem));
        Interval interval = new Resampled(value, resampled).interval(plan.confidence());
        boolean takesPart = !state.problems().containsKey(model);
        MetricInput input = kept.input(model, order);
        Calibration calibration = new Calibration(input, plan.isClassification());
        return new ModelResult(
                plan.models().get(model),
                takesPart ? value : Double.NaN,
                interval,
                results.values(),
                problems,
                takesPart ? calibration.points() : List.of(),
                takesPart ? calibration.confusion() : List.of());
    }

    /** Of each candidate over champion and baseline, and of the champion over the baseline. */
    private List<Improvement> improvements(double[] values, double[][] resampled) {
        List<Improvement> improvements = new ArrayList<>();
        OptionalInt champion = plan.placeOf(Role.CHAMPION);
        OptionalInt baseline = plan.placeOf(Role.BASELINE);
        for (int candidate : plan.candidates()) {
            champion.ifPresent(
                    other -> improvements.add(improvement(candidate, other, values, resampled, aloneRight(candidate))));
            baseline.ifPresent(
                    other -> improvements.add(improvement(candidate, other, values, resampled, Optional.empty())));
        }
        champion.ifPresent(one -> baseline.ifPresent(
                other -> improvements.add(improvement(one, other, values, resampled, Optional.empty()))));
        return improvements;
    }

    private Optional<AloneRight> aloneRight(int candidate) {
        int place = plan.candidates().indexOf(candidate);
        return plan.test() == Test.MCNEMAR
                ? Optional.of(new AloneRight(state.candidateAlone(place), state.championAlone(place)))
                : Optional.empty();
    }

    private Improvement improvement(
            int model, int other, double[] values, double[][] resampled, Optional<AloneRight> aloneRight) {
        double[] sizes = new double[resampled[model].length];
        Arrays.setAll(sizes, i -> plan.improvement(resampled[model][i], resampled[other][i]));
        return new Improvement(
                plan.models().get(model).name(),
                plan.models().get(other).name(),
                new Resampled(plan.improvement(values[model], values[other]), sizes),
                aloneRight);
    }

    /** The parts that a column cuts the rows into. */
    private List<Slice> slices(int column) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        state.parts(column).keySet().forEach(value -> rows.put(value, new ArrayList<>()));
        for (int row : order) {
            rows.get(kept.group(column, row)).add(row);
        }
        List<int[]> parts = rows.values().stream()
                .map(part -> part.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        double[][][] resampled = resampling.values(parts, Math.min(RESAMPLES_OF_PARTS, plan.resamples()));
        List<Slice> slices = new ArrayList<>();
        for (String value : rows.keySet()) {
            int part = slices.size();
            slices.add(slice(column, value, parts.get(part), resampled[part]));
        }
        return slices;
    }

    private Slice slice(int column, String value, int[] rows, double[][] resampled) {
        Part part = state.parts(column).get(value);
        double[] values = new double[plan.models().size()];
        Arrays.setAll(
                values,
                model -> state.problems().containsKey(model)
                        ? Double.NaN
                        : judged(plan.judged().compute(part.states(model))));
        centre(resampled, values, rows);
        List<Improvement> improvements = new ArrayList<>();
        plan.placeOf(Role.CHAMPION)
                .ifPresent(champion -> plan.candidates()
                        .forEach(candidate -> improvements.add(
                                improvement(candidate, champion, values, resampled, Optional.empty()))));
        return new Slice(
                plan.slices().get(column),
                value,
                part.rows(),
                Arrays.stream(values).boxed().toList(),
                improvements);
    }
}
