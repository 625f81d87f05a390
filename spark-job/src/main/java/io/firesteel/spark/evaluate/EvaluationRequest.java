package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.evaluate.PredictionColumns.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What to evaluate.
 *
 * @param path of the predictions: a Hadoop path or URI, globs allowed
 * @param format name of a Spark source; empty to go by the path's ending
 * @param options the source's
 * @param where SQL that a row must meet to count; empty for every row
 * @param columns what is in which column
 * @param metrics entries of a {@link MetricSet}
 * @param kind what the predictions are; empty to find out
 * @param exact whether metrics that estimate above a number of rows are to be exact: by sorting, for any number of rows, and where that doesn't
 *     help, for as many rows as they can hold
 */
public record EvaluationRequest(
        String path,
        Optional<String> format,
        Map<String, String> options,
        Optional<String> where,
        PredictionColumns columns,
        List<String> metrics,
        Optional<PredictionKind> kind,
        boolean exact) {
    private static final String EXACT_ROWS = "exactRows";

    public EvaluationRequest {
        options = Map.copyOf(options);
        metrics = List.copyOf(metrics);
    }

    /**
     * The metrics.
     *
     * @throws IllegalArgumentException if one is unknown, or reads what there is no column for
     */
    MetricSet metricSet() {
        MetricSet set = MetricSet.with(metrics, parameters());
        for (String name : set.names()) {
            set.kinds(name).forEach(this::checkColumns);
        }
        return set;
    }

    /** Those that hold for all metrics. */
    Map<String, String> parameters() {
        OptionalDouble most = Metrics.kinds().stream()
                .flatMap(kind -> kind.parameters().stream())
                .filter(parameter -> parameter.name().equals(EXACT_ROWS))
                .mapToDouble(parameter -> parameter.maximum())
                .min();
        return exact && most.isPresent() ? Map.of(EXACT_ROWS, Long.toString((long) most.getAsDouble())) : Map.of();
    }

    private void checkColumns(MetricKind kind) {
        for (Reads reads : kind.reads()) {
            for (Role role : roles(reads, kind.reads().contains(Reads.CLASSES))) {
                if (!columns.has(role)) {
                    throw new IllegalArgumentException("Cannot compute " + kind.name() + ": there is no column of "
                            + role.label() + "s (expected --columns …," + role.label() + "=NAME)");
                }
            }
        }
    }

    /** @param classes whether labels are classes, so that targets are in columns of their own */
    private List<Role> roles(Reads reads, boolean classes) {
        return switch (reads) {
            case PREDICTIONS, PROBABILITIES -> List.of(Role.PREDICTION);
            case CLASSES -> List.of(Role.LABEL);
            case TARGETS -> List.of(classes || columns.has(Role.TARGET) ? Role.TARGET : Role.LABEL);
            case LOSSES -> List.of(Role.LOSS);
            case GROUPS -> List.of(Role.GROUP);
            case TEXTS -> List.of(Role.TEXT, Role.REFERENCE);
        };
    }

    /** The format that is given, or that the path ends in. */
    String sourceFormat() {
        return format.orElseGet(() -> {
            String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|lz4|snappy|deflate)$", "");
            String ending = name.substring(name.lastIndexOf('.') + 1);
            return switch (ending) {
                case "parquet", "pq" -> "parquet";
                case "json", "jsonl", "ndjson" -> "json";
                case "orc" -> "orc";
                default -> "csv";
            };
        });
    }
}
