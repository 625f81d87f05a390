package io.firesteel.spark.decide;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import io.firesteel.spark.config.PromotionRules.Test;
import io.firesteel.spark.decide.Contestant.Role;
import io.firesteel.spark.predict.ScoredBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of some of the rows of a comparison: the models' metric states, of all rows and of each part; the rows that are drawn from; and
 * how often a candidate alone, or the champion alone, was right. Belongs to one thread; {@link #toBytes} goes to other machines.
 */
public final class ComparisonState {
    /** A column cuts rows into at most so many parts. */
    static final int MOST_PARTS = 200;

    private final ComparisonPlan plan;
    private final List<MetricSet> sets;
    private final MetricSet judged;
    private final List<MetricStates> models = new ArrayList<>();
    private final List<Map<String, Part>> slices = new ArrayList<>();
    private final Map<Integer, String> problems = new TreeMap<>();
    private KeptRows kept;
    private final long[] candidateAlone;
    private final long[] championAlone;

    /** The rows that share a value of a column. */
    static final class Part {
        private final List<MetricStates> models;
        private long rows;

        Part(List<MetricStates> models) {
            this.models = models;
        }

        long rows() {
            return rows;
        }

        MetricStates states(int model) {
            return models.get(model);
        }
    }

    private record PartBytes(long rows, List<Map<String, byte[]>> models) implements Serializable {}

    private record Bytes(
            List<Map<String, byte[]>> models,
            List<Map<String, PartBytes>> slices,
            Map<Integer, String> problems,
            KeptRows kept,
            List<Long> candidateAlone,
            List<Long> championAlone)
            implements Serializable {}

    ComparisonState(ComparisonPlan plan) {
        this.plan = plan;
        this.judged = plan.judged();
        this.sets = plan.models().stream().map(plan::metricsOf).toList();
        sets.forEach(set -> models.add(set.zero()));
        plan.slices().forEach(column -> slices.add(new TreeMap<>()));
        this.kept = new KeptRows(
                judged.reads().contains(MetricKind.Reads.LOSSES), plan.slices().size());
        this.candidateAlone = new long[plan.candidates().size()];
        this.championAlone = new long[plan.candidates().size()];
    }

    void add(ScoredBatch batch) {
        checkShape(batch);
        if (batch.rows() == 0) {
            return;
        }
        for (int model = 0; model < models.size(); model++) {
            update(model, models.get(model), batch.outputs().get(model));
        }
        for (int column = 0; column < slices.size(); column++) {
            addParts(batch, column);
        }
        kept.add(batch);
        if (plan.test() == Test.MCNEMAR) {
            countPairs(batch);
        }
    }

    private void checkShape(ScoredBatch batch) {
        if (batch.outputs().size() != models.size() || batch.groups().size() < slices.size()) {
            throw new IllegalArgumentException("Cannot compare models: rows have "
                    + batch.outputs().size() + " outputs and " + batch.groups().size() + " carried columns (expected "
                    + models.size() + " and " + slices.size() + ")");
        }
    }

    /** A baseline that lacks what the metric reads, as probabilities, takes no part; of a model that is an error. */
    private void update(int model, MetricStates states, MetricInput input) {
        if (problems.containsKey(model)) {
            return;
        }
        try {
            states.update(input);
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (plan.models().get(model).role() != Role.BASELINE) {
                throw e;
            }
            problems.put(model, e.getMessage());
        }
    }

    private void addParts(ScoredBatch batch, int column) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        List<String> values = batch.groups().get(column);
        for (int row = 0; row < batch.rows(); row++) {
            rows.computeIfAbsent(values.get(row), value -> new ArrayList<>()).add(row);
        }
        rows.forEach((value, chosen) -> {
            Part part = part(column, value);
            int[] selected = chosen.stream().mapToInt(Integer::intValue).toArray();
            part.rows += selected.length;
            for (int model = 0; model < models.size(); model++) {
                if (!problems.containsKey(model)) {
                    update(
                            model,
                            part.states(model),
                            RowSelection.of(batch.outputs().get(model), selected));
                }
            }
        });
    }

    private Part part(int column, String value) {
        Part part = slices.get(column).computeIfAbsent(value, key -> emptyPart());
        if (slices.get(column).size() > MOST_PARTS) {
            throw new DataException("Cannot compare models by " + plan.slices().get(column)
                    + ": the column has too many values (over " + MOST_PARTS + ", expected at most " + MOST_PARTS
                    + "; slice by something coarser)");
        }
        return part;
    }

    private Part emptyPart() {
        List<MetricStates> states = new ArrayList<>();
        models.forEach(model -> states.add(judged.zero()));
        return new Part(states);
    }

    private void countPairs(ScoredBatch batch) {
        plan.placeOf(Role.CHAMPION).ifPresent(champion -> {
            MetricInput other = batch.outputs().get(champion);
            List<Integer> candidates = plan.candidates();
            for (int i = 0; i < candidates.size(); i++) {
                MetricInput candidate = batch.outputs().get(candidates.get(i));
                for (int row = 0; row < batch.rows(); row++) {
                    long label = candidate.classLabel(row);
                    boolean mine = candidate.predictedClass(row) == label;
                    boolean theirs = other.predictedClass(row) == label;
                    candidateAlone[i] += mine && !theirs ? 1 : 0;
                    championAlone[i] += theirs && !mine ? 1 : 0;
                }
            }
        });
    }

    /** Adds the rows of another state of the same plan, which isn't to be used afterwards. */
    void addAll(ComparisonState other) {
        for (int model = 0; model < models.size(); model++) {
            models.get(model).add(other.models.get(model));
        }
        for (int column = 0; column < slices.size(); column++) {
            int of = column;
            other.slices.get(column).forEach((value, part) -> {
                Part mine = part(of, value);
                mine.rows += part.rows;
                for (int model = 0; model < models.size(); model++) {
                    mine.states(model).add(part.states(model));
                }
            });
        }
        other.problems.forEach(problems::putIfAbsent);
        kept.addAll(other.kept);
        Arrays.setAll(candidateAlone, i -> candidateAlone[i] + other.candidateAlone[i]);
        Arrays.setAll(championAlone, i -> championAlone[i] + other.championAlone[i]);
    }

    /** The state for {@link #of}. */
    public byte[] toBytes() {
        kept.trim();
        List<Map<String, PartBytes>> parts = new ArrayList<>();
        for (Map<String, Part> column : slices) {
            Map<String, PartBytes> bytes = new HashMap<>();
            column.forEach((value, part) -> bytes.put(value, new PartBytes(part.rows, bytes(part.models))));
            parts.add(bytes);
        }
        Bytes all = new Bytes(
                bytes(models), parts, new HashMap<>(problems), kept, boxed(candidateAlone), boxed(championAlone));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(written)) {
            out.writeObject(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toByteArray();
    }

    private static List<Long> boxed(long[] counts) {
        return new ArrayList<>(Arrays.stream(counts).boxed().toList());
    }

    private static List<Map<String, byte[]>> bytes(List<MetricStates> states) {
        List<Map<String, byte[]>> bytes = new ArrayList<>();
        states.forEach(state -> bytes.add(new HashMap<>(state.toBytes())));
        return bytes;
    }

    /**
     * The state from {@link #toBytes}.
     *
     * @param plan that both have in common
     */
    static ComparisonState of(ComparisonPlan plan, byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            ComparisonState state = new ComparisonState(plan);
            state.restore((Bytes) in.readObject());
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Cannot read the state of a comparison: " + e.getMessage(), e);
        }
    }

    private void restore(Bytes bytes) {
        restore(models, bytes.models());
        for (int column = 0; column < slices.size(); column++) {
            int of = column;
            bytes.slices().get(column).forEach((value, part) -> {
                Part mine = part(of, value);
                mine.rows = part.rows();
                restore(mine.models, part.models());
            });
        }
        problems.putAll(bytes.problems());
        kept = bytes.kept();
        Arrays.setAll(candidateAlone, bytes.candidateAlone()::get);
        Arrays.setAll(championAlone, bytes.championAlone()::get);
    }

    private static void restore(List<MetricStates> states, List<Map<String, byte[]>> bytes) {
        for (int i = 0; i < states.size(); i++) {
            states.get(i).restore(bytes.get(i));
        }
    }

    long rows() {
        return kept.seen();
    }

    KeptRows kept() {
        return kept;
    }

    /** Why a model takes no part, by its place. */
    Map<Integer, String> problems() {
        return problems;
    }

    MetricSet set(int model) {
        return sets.get(model);
    }

    MetricStates states(int model) {
        return models.get(model);
    }

    /** The parts that a column cuts the rows into, by its values, in order. */
    Map<String, Part> parts(int column) {
        return slices.get(column);
    }

    /** How often that candidate alone was right; of all candidates the i-th. */
    long candidateAlone(int candidate) {
        return candidateAlone[candidate];
    }

    long championAlone(int candidate) {
        return championAlone[candidate];
    }
}
