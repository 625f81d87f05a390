package io.firesteel.spark.bench;

import io.firesteel.engine.train.StepArrangement;
import io.firesteel.engine.train.StepPhases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One model at one batch size: a row of the report for each arrangement that exchanges or doesn't. */
final class StepRow {
    private final StepModel model;
    private final int batch;
    private final String optimizer;
    private final Optional<StepFigures> exchanging;
    private final Optional<StepFigures> separate;
    private final Optional<StepFigures> inStep;
    private final StepFigures alone;
    private final StepFigures bare;
    private final Optional<StepFigures> djl;

    StepRow(StepModel model, int batch, String optimizer, List<StepResult> results) {
        this.model = model;
        this.batch = batch;
        this.optimizer = optimizer;
        this.exchanging = StepFigures.find(results, StepArrangement.EXCHANGING);
        this.separate = StepFigures.find(results, StepArrangement.SEPARATE);
        this.inStep = StepFigures.find(results, StepArrangement.IN_STEP);
        this.alone = StepFigures.find(results, StepArrangement.ALONE).orElseThrow();
        this.bare = StepFigures.find(results, StepArrangement.BARE).orElseThrow();
        this.djl = StepFigures.find(results, StepArrangement.DJL);
    }

    /** The rows for JSON. */
    List<Map<String, Object>> fields() {
        List<Map<String, Object>> rows = new ArrayList<>();
        exchanging.ifPresent(figures -> rows.add(fields(figures, true)));
        separate.ifPresent(figures -> rows.add(fields(figures, false)));
        rows.add(fields(alone, false));
        return rows;
    }

    private Map<String, Object> fields(StepFigures figures, boolean exchange) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("model", model.label());
        row.put("batch", batch);
        row.put("optimizer", optimizer);
        row.put("replicas", figures.replicas());
        row.put("exchange", exchange);
        row.put("stepMicros", figures.typical(StepPhases::step));
        row.put("forwardMicros", figures.typical(StepPhases::forward));
        row.put("backwardMicros", figures.typical(StepPhases::backward));
        row.put("reduceMicros", figures.typical(StepPhases::reduce));
        row.put("optimizerMicros", figures.typical(StepPhases::optimizer));
        row.put("otherMicros", figures.typical(StepPhases::other));
        row.put("dataMicros", figures.typical(StepPhases::data));
        row.put("metricsMicros", figures.typical(StepPhases::metrics));
        row.put("bareMicros", bare.typical(StepPhases::step));
        row.put("bareOptimizerMicros", bare.typical(StepPhases::optimizer));
        djl.ifPresent(loop -> row.put("djlStepMicros", loop.typical(StepPhases::step)));
        djl.ifPresent(loop -> row.put("djlOptimizerMicros", loop.typical(StepPhases::optimizer)));
        row.put("samplesPerSecond", figures.samplesPerSecond());
        if (figures.replicas() > 1) {
            inStep.ifPresent(bound -> row.put("inStepSamplesPerSecond", bound.samplesPerSecond()));
        }
        row.put("quickest", quickest(figures));
        return row;
    }

    private Map<String, Object> quickest(StepFigures figures) {
        Map<String, Object> quickest = new LinkedHashMap<>();
        quickest.put("stepMicros", figures.quickest(StepPhases::step));
        quickest.put("forwardMicros", figures.quickest(StepPhases::forward));
        quickest.put("backwardMicros", figures.quickest(StepPhases::backward));
        quickest.put("reduceMicros", figures.quickest(StepPhases::reduce));
        quickest.put("optimizerMicros", figures.quickest(StepPhases::optimizer));
        quickest.put("otherMicros", figures.quickest(StepPhases::other));
        quickest.put("bareMicros", bare.quickest(StepPhases::step));
        djl.ifPresent(loop -> quickest.put("djlOptimizerMicros", loop.quickest(StepPhases::optimizer)));
        return quickest;
    }

    void addTo(TextTable table) {
        exchanging.ifPresent(figures -> add(table, figures, "yes"));
        separate.ifPresent(figures -> add(table, figures, "no"));
        add(table, alone, "no");
    }

    private void add(TextTable table, StepFigures figures, String exchange) {
        table.add(
                model.label(),
                Integer.toString(batch),
                Integer.toString(figures.replicas()),
                exchange,
                Texts.whole(figures.typical(StepPhases::step)),
                Texts.whole(figures.typical(StepPhases::forward)),
                Texts.whole(figures.typical(StepPhases::backward)),
                Texts.whole(figures.typical(StepPhases::reduce)),
                Texts.whole(figures.typical(StepPhases::optimizer)),
                Texts.whole(figures.typical(StepPhases::other)),
                Texts.whole(bare.typical(StepPhases::step)),
                Texts.whole(figures.samplesPerSecond()));
    }

    /** What the figures say beside each other, in one line. */
    String summary() {
        StringBuilder text = new StringBuilder(model.label() + " " + batch + ":");
        text.append(" a step takes ")
                .append(Texts.ratio(alone.typical(StepPhases::step) / bare.typical(StepPhases::step)))
                .append(" × the bare loop's,");
        text.append(" other ")
                .append(Texts.percent(alone.typical(StepPhases::other) / alone.typical(StepPhases::step)))
                .append(" of it");
        djl.ifPresent(loop -> text.append("; DJL's update takes ")
                .append(Texts.ratio(loop.typical(StepPhases::optimizer) / alone.typical(StepPhases::optimizer)))
                .append(" × ours"));
        if (exchanging.isPresent() && separate.isPresent()) {
            double limit = separate.get().samplesPerSecond();
            text.append("; ").append(separate.get().replicas()).append(" replicas reach ");
            text.append(Texts.ratio(limit / alone.samplesPerSecond())).append(" × one, and keep ");
            text.append(Texts.percent(exchanging.get().samplesPerSecond() / limit))
                    .append(" of that with the exchange");
            inStep.ifPresent(bound -> text.append(", ")
                    .append(Texts.percent(bound.samplesPerSecond() / limit))
                    .append(" with a bare barrier instead"));
        }
        return text.toString();
    }
}
