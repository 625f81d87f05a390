package io.firesteel.spark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firesteel.spark.PlanSummary;
import io.firesteel.spark.RunSummary;
import io.firesteel.spark.report.RunReport;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What commands print at their end. */
final class Texts {
    private static final double MEBIBYTE = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Texts() {}

    static String plan(PlanSummary plan) {
        return String.format(
                Locale.ROOT,
                """
                job         %s
                rows        %,d training, %,d validation
                shards      %d
                replicas    %d
                inputs      %s
                parameters  %,d
                iterations  %s
                memory      %s per replica, and what libtorch needs for one batch
                """,
                plan.name(),
                plan.trainingRows(),
                plan.validationRows(),
                plan.shards(),
                plan.replicas(),
                plan.inputs().stream()
                        .map(input -> input.name() + " " + input.type().label() + input.shape())
                        .collect(Collectors.joining(", ")),
                plan.parameters(),
                iterations(plan),
                memory(plan.memory()));
    }

    private static String iterations(PlanSummary plan) {
        boolean grows = plan.lastIterations() < plan.iterationsPerEpoch();
        String perEpoch = String.format(Locale.ROOT, "%,d", plan.iterationsPerEpoch())
                + (grows ? String.format(Locale.ROOT, " to %,d", plan.lastIterations()) : "");
        String steps = plan.accumulate() > 1 ? ", a step every " + plan.accumulate() : "";
        return String.format(
                Locale.ROOT, "%s per epoch, %,d in %d epochs%s", perEpoch, plan.iterations(), plan.epochs(), steps);
    }

    static String summary(RunSummary summary) {
        RunReport report = summary.report();
        String values = report.metrics().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return report.status().label()
                + (report.stopReason().isEmpty() ? "" : " (" + report.stopReason() + ")") + ": " + values + "\n"
                + "run    " + summary.directory() + "\n"
                + report.model()
                        .map(model -> "model  sha256 " + model.sha256() + "\n")
                        .orElse("");
    }

    /** For programs. */
    static String json(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsString(fields) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String memory(Map<String, Long> bytes) {
        return bytes.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.1f MiB", entry.getKey(), entry.getValue() / MEBIBYTE))
                .collect(Collectors.joining(", "));
    }
}
