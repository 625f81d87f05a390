package io.firesteel.spark.bench;

import io.firesteel.engine.train.StepBenchmark;
import io.firesteel.engine.train.StepWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a training step takes, and where: {@link StepBenchmark} for several models and batch sizes, one after the other. */
public final class StepTimingBenchmark implements Benchmark {
    private final StepRequest request;

    /** @param request what to measure */
    public StepTimingBenchmark(StepRequest request) {
        this.request = request;
    }

    @Override
    public String name() {
        return "step";
    }

    @Override
    public int replicas() {
        return request.replicas();
    }

    @Override
    public BenchReport run(Ranks ranks, Consumer<String> progress) {
        List<Map<String, Object>> rows = new ArrayList<>();
        TextTable table = new TextTable(
                1,
                "model",
                "batch",
                "replicas",
                "exchange",
                "step µs",
                "forward",
                "backward",
                "reduce",
                "optimizer",
                "other",
                "bare",
                "samples/s");
        for (StepModel model : request.models()) {
            ranks.run(new StepBody(request.warmUp(model)), StepResult.class);
            for (int batch : request.batches()) {
                StepWorkload workload = request.workload(model, batch);
                List<StepResult> results = ranks.run(new StepBody(workload), StepResult.class);
                StepRow row = new StepRow(model, batch, request.optimizerName(), results);
                rows.addAll(row.fields());
                row.addTo(table);
                progress.accept(row.summary());
            }
        }
        return new BenchReport(name(), rows, table.text());
    }
}
