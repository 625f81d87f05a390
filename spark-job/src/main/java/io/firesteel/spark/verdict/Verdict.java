package io.firesteel.spark.verdict;

import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Comparison.ModelResult;
import io.firesteel.spark.decide.Decision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a scheduled date came to, and why. Immutable; made by {@link #builder}. */
public final class Verdict {
    private final Builder parts;

    private Verdict(Builder parts) {
        this.parts = parts;
    }

    /**
     * Starts a verdict that knows how the run ended.
     *
     * @param job its name
     * @param date that was scheduled
     * @param runId of the run
     */
    public static Builder builder(String job, String date, String runId, Outcome outcome) {
        return new Builder(job, date, runId, outcome);
    }

    public String job() {
        return parts.job;
    }

    public String date() {
        return parts.date;
    }

    public String runId() {
        return parts.runId;
    }

    public Outcome outcome() {
        return parts.outcome;
    }

    /** Sentences: why it ended so. */
    public List<String> reasons() {
        return parts.reasons;
    }

    /** What else is to be known. */
    public List<String> notes() {
        return parts.notes;
    }

    /** The candidate that was decided on, as the comparison calls it. */
    public Optional<String> candidate() {
        return parts.candidate;
    }

    /** The champion before the decision, as the comparison calls it. */
    public Optional<String> champion() {
        return parts.champion;
    }

    /** Version numbers in the registry, by the names of models. */
    public Map<String, Integer> versions() {
        return parts.versions;
    }

    /** The rules that the candidate was held against. */
    public Optional<PromotionRules> rules() {
        return parts.rules;
    }

    public Optional<Comparison> comparison() {
        return parts.comparison;
    }

    public List<DataCheck> checks() {
        return parts.checks;
    }

    /** How candidates were trained, by their names. */
    public Map<String, List<EpochRecord>> histories() {
        return parts.histories;
    }

    /** What the data was: numbers and texts by their names. */
    public Map<String, Object> data() {
        return parts.data;
    }

    /** Where the candidate comes from: numbers and texts by their names. */
    public Map<String, Object> lineage() {
        return parts.lineage;
    }

    /** How long each step took. */
    public Map<String, Double> seconds() {
        return parts.seconds;
    }

    /** What the candidate that was decided on came to on the held-out rows. */
    Optional<ModelResult> candidateResult() {
        return comparison()
                .flatMap(known -> known.candidates().stream()
                        .filter(result ->
                                candidate().equals(Optional.of(result.model().name())))
                        .findFirst());
    }

    /** A model's name, with its version unless the name says it. */
    String labelOf(String model) {
        Integer version = versions().get(model);
        return version == null || model.endsWith("version " + version) ? model : model + " (version " + version + ")";
    }

    /** What happened, as a sentence without a full stop. */
    public String headline() {
        String stays = champion().map(name -> "; " + labelOf(name) + " stays").orElse("");
        String model = candidate().map(this::labelOf).orElse("The candidate");
        return switch (outcome()) {
            case PROMOTED ->
                model + " is champion"
                        + champion()
                                .map(name -> " in place of " + labelOf(name))
                                .orElse("");
            case REFUSED -> model + " wasn't promoted" + stays;
            case STOPPED -> "The data was stopped before training" + stays;
            case NOTHING_NEW -> "There was nothing new to train with" + stays;
            case FAILED -> "The run failed" + stays;
            case ALREADY_DONE -> "The date was done already" + stays;
        };
    }

    /** {@code verdict.json}: the file's bytes, in the schema {@code firesteel.verdict/1}. */
    public byte[] toJson() {
        return new VerdictJson(this).bytes();
    }

    /** {@code verdict.html}: the file's bytes, a page that needs no other file. */
    public byte[] toHtml() {
        return new VerdictPage(this).bytes();
    }

    /** What is known of a run is added step by step; all of it is optional. */
    public static final class Builder {
        private final String job;
        private final String date;
        private final String runId;
        private final Outcome outcome;
        private List<String> reasons = List.of();
        private List<String> notes = List.of();
        private Optional<String> candidate = Optional.empty();
        private Optional<String> champion = Optional.empty();
        private Map<String, Integer> versions = Map.of();
        private Optional<PromotionRules> rules = Optional.empty();
        private Optional<Comparison> comparison = Optional.empty();
        private List<DataCheck> checks = List.of();
        private Map<String, List<EpochRecord>> histories = Map.of();
        private Map<String, Object> data = Map.of();
        private Map<String, Object> lineage = Map.of();
        private Map<String, Double> seconds = Map.of();

        private Builder(String job, String date, String runId, Outcome outcome) {
            this.job = Objects.requireNonNull(job, "job");
            this.date = Objects.requireNonNull(date, "date");
            this.runId = Objects.requireNonNull(runId, "runId");
            this.outcome = Objects.requireNonNull(outcome, "outcome");
        }

        private Builder(Builder other) {
            this(other.job, other.date, other.runId, other.outcome);
            reasons = other.reasons;
            notes = other.notes;
            candidate = other.candidate;
            champion = other.champion;
            versions = other.versions;
            rules = other.rules;
            comparison = other.comparison;
            checks = other.checks;
            histories = other.histories;
            data = other.data;
            lineage = other.lineage;
            seconds = other.seconds;
        }

        public Builder optReasons(List<String> sentences) {
            reasons = List.copyOf(sentences);
            return this;
        }

        public Builder optNotes(List<String> sentences) {
            notes = List.copyOf(sentences);
            return this;
        }

        public Builder optCandidate(String name) {
            candidate = Optional.of(name);
            return this;
        }

        public Builder optChampion(String name) {
            champion = Optional.of(name);
            return this;
        }

        /** Version numbers in the registry, by the names of models. */
        public Builder optVersions(Map<String, Integer> numbers) {
            versions = ordered(numbers);
            return this;
        }

        /** Rules, what they were applied to, and what came of it: candidate, champion, reasons and notes are set as well. */
        public Builder optDecision(PromotionRules applied, Comparison to, Decision decision) {
            rules = Optional.of(applied);
            comparison = Optional.of(to);
            candidate = Optional.of(decision.candidate());
            champion = to.champion().map(result -> result.model().name());
            return optReasons(decision.reasons()).optNotes(decision.notes());
        }

        public Builder optChecks(List<DataCheck> found) {
            checks = List.copyOf(found);
            return this;
        }

        /** How candidates were trained, by their names. */
        public Builder optHistories(Map<String, List<EpochRecord>> epochs) {
            histories = ordered(epochs);
            return this;
        }

        /** What the data was: numbers and texts by their names, in the order in which they are shown. */
        public Builder optData(Map<String, ?> facts) {
            data = ordered(facts);
            return this;
        }

        /** Where the candidate comes from: numbers and texts by their names, in the order in which they are shown. */
        public Builder optLineage(Map<String, ?> facts) {
            lineage = ordered(facts);
            return this;
        }

        /** How long each step took, in the order of the steps. */
        public Builder optSeconds(Map<String, Double> ofSteps) {
            seconds = ordered(ofSteps);
            return this;
        }

        private static <V> Map<String, V> ordered(Map<String, ? extends V> map) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }

        /** The verdict; the builder can be used again. */
        public Verdict build() {
            return new Verdict(new Builder(this));
        }
    }
}
