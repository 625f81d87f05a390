package io.firesteel.spark.verdict;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Comparison.ModelResult;
import io.firesteel.spark.decide.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code verdict.html}: what happened and why, then pictures, then tables. */
final class VerdictPage {
    private static final int MOST_CHECKS = 10;
    private static final int MOST_METRICS = 8;

    private final Verdict verdict;
    private final Html html = new Html();

    VerdictPage(Verdict verdict) {
        this.verdict = verdict;
    }

    byte[] bytes() {
        begin();
        header();
        html.markup("<div class=\"figures\">\n");
        new VerdictFigures(verdict).addTo(html);
        verdict.candidateResult().ifPresent(this::confusion);
        html.markup("</div>\n<div class=\"tables\">\n");
        metrics();
        checks();
        facts("Data", verdict.data());
        facts("Lineage", verdict.lineage());
        facts("Seconds", verdict.seconds());
        html.markup("</div>\n</main>\n</body>\n</html>\n");
        return html.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void begin() {
        html.markup("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n")
                .markup("<meta charset=\"utf-8\"/>\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .element(
                        "title",
                        verdict.job() + " " + verdict.date() + ": "
                                + verdict.outcome().label())
                .markup("\n<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n");
    }

    private static String style() {
        try (InputStream css = VerdictPage.class.getResourceAsStream("verdict.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header() {
        html.markup("<header class=\"" + verdict.outcome().label() + "\">\n")
                .element("h1", title())
                .markup("\n")
                .element("p", verdict.job() + " · " + verdict.date() + " · run " + verdict.runId())
                .markup("\n</header>\n")
                .sentences(verdict.reasons());
        if (!verdict.notes().isEmpty()) {
            html.markup("<div class=\"notes\">\n").sentences(verdict.notes()).markup("</div>\n");
        }
    }

    /** A model's name stays as it is. */
    private String title() {
        String headline = verdict.headline();
        return (headline.startsWith("version ") ? Html.upperFirst(headline) : headline) + ".";
    }

    private void confusion(ModelResult result) {
        List<List<Long>> table = result.confusion();
        if (table.isEmpty()) {
            return;
        }
        html.markup("<figure>\n<table class=\"confusion\">\n<thead><tr><th scope=\"col\">is / predicted</th>");
        for (int i = 0; i < table.size(); i++) {
            html.markup("<th scope=\"col\">" + i + "</th>");
        }
        html.markup("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < table.size(); i++) {
            html.markup("<tr><th scope=\"row\">" + i + "</th>");
            for (int j = 0; j < table.size(); j++) {
                html.markup((i == j ? "<td class=\"right\">" : "<td>")
                        + table.get(i).get(j) + "</td>");
            }
            html.markup("</tr>\n");
        }
        html.markup("</tbody>\n</table>\n")
                .element(
                        "figcaption",
                        "Rows by class and predicted class, of "
                                + result.model().name())
                .markup("\n</figure>\n");
    }

    private void metrics() {
        verdict.comparison().ifPresent(comparison -> {
            List<ModelResult> models = new ArrayList<>();
            verdict.candidateResult().ifPresent(models::add);
            comparison.champion().ifPresent(models::add);
            comparison.baseline().ifPresent(models::add);
            section("Held-out rows");
            html.markup("<table>\n<thead><tr><th scope=\"col\">metric</th>");
            models.forEach(model ->
                    html.markup("<th scope=\"col\">").text(model.model().name()).markup("</th>"));
            html.markup("</tr></thead>\n<tbody>\n");
            names(comparison).forEach(name -> row(name, models));
            html.markup("</tbody>\n</table>\n</section>\n");
        });
    }

    /** Of metrics that are one number. */
    private List<String> names(Comparison comparison) {
        return comparison.candidates().get(0).metrics().entrySet().stream()
                .filter(metric -> metric.getValue() instanceof MetricValue.Scalar)
                .map(Map.Entry::getKey)
                .limit(MOST_METRICS)
                .toList();
    }

    private void row(String metric, List<ModelResult> models) {
        html.markup("<tr><th scope=\"row\">").text(metric).markup("</th>");
        for (ModelResult model : models) {
            boolean known = model.metrics().get(metric) instanceof MetricValue.Scalar;
            html.element("td", known ? Figures.value(model.metrics().get(metric).number()) : "–");
        }
        html.markup("</tr>\n");
    }

    private void section(String title) {
        html.markup("<section>\n").element("h2", title).markup("\n");
    }

    /** What was found comes first; columns that haven't drifted have their picture. */
    private void checks() {
        List<DataCheck> checks = verdict.checks().stream()
                .filter(check -> !check.isDrift() || check.status() != DataCheck.Status.OK)
                .sorted(Comparator.comparing(DataCheck::status).reversed())
                .toList();
        if (checks.isEmpty()) {
            return;
        }
        section("Data checks");
        html.markup("<table class=\"checks\">\n<thead><tr><th scope=\"col\">check</th><th scope=\"col\">result</th>"
                + "<th scope=\"col\">what</th></tr></thead>\n<tbody>\n");
        checks.stream()
                .limit(MOST_CHECKS)
                .forEach(check -> html.markup("<tr><th scope=\"row\">")
                        .text(check.name()
                                + check.column().map(name -> " " + name).orElse(""))
                        .markup("</th><td class=\"" + check.status().label() + "\">")
                        .text(check.status().label())
                        .markup("</td>")
                        .element("td", check.text())
                        .markup("</tr>\n"));
        html.markup("</tbody>\n</table>\n");
        int more = checks.size() - MOST_CHECKS;
        if (more > 0) {
            html.element("p", "And " + more + " more in verdict.json.").markup("\n");
        }
        html.markup("</section>\n");
    }

    private void facts(String title, Map<String, ?> facts) {
        if (facts.isEmpty()) {
            return;
        }
        section(title);
        html.markup("<dl>\n");
        new LinkedHashMap<>(facts)
                .forEach((name, value) -> html.markup("<div>")
                        .element("dt", name)
                        .element(
                                "dd",
                                value instanceof Double number ? Figures.difference(number) : String.valueOf(value))
                        .markup("</div>\n"));
        html.markup("</dl>\n</section>\n");
    }
}
