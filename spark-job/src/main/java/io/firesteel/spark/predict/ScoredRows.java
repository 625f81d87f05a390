package io.firesteel.spark.predict;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.train.Inference;
import io.firesteel.engine.train.LossFunction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;

/** The batches of a partition: rows are read into the buffers of all networks, which then predict them one after another. */
final class ScoredRows implements Iterator<ScoredBatch> {
    private static final String NULL = "null";

    private final Iterator<InternalRow> rows;
    private final ScoringPlan plan;
    private final List<Inference> networks;
    private final List<List<ByteBuffer>> inputs;
    private final int capacity = ScoringPlan.BATCH_SIZE;
    private final ByteBuffer labels;
    private final ByteBuffer weights =
            ByteBuffer.allocate(capacity * Float.BYTES).order(ByteOrder.nativeOrder());
    private final double[] baseline = new double[capacity];
    private final List<MetricInput> outputs = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();
    private final List<List<String>> carried = new ArrayList<>();
    private long position;

    /** @param networks one for each of the plan's scorers; none where there are no rows */
    ScoredRows(Iterator<InternalRow> rows, ScoringPlan plan, List<Inference> networks) {
        this.rows = rows;
        this.plan = plan;
        this.networks = networks;
        this.inputs = networks.stream().map(Inference::inputs).toList();
        this.labels = ByteBuffer.allocate(capacity * plan.label().bytes()).order(ByteOrder.nativeOrder());
        int scored = plan.scorers().size() + (plan.baseline() == null ? 0 : 1);
        for (int i = 0; i < scored; i++) {
            outputs.add(new MetricInput());
        }
        for (int i = 0; i < plan.carried(); i++) {
            carried.add(new ArrayList<>());
        }
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public ScoredBatch next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException("Cannot read on: there are no more rows");
        }
        ids.clear();
        carried.forEach(List::clear);
        while (ids.size() < capacity && rows.hasNext()) {
            read(rows.next(), ids.size());
        }
        int count = ids.size();
        for (int i = 0; i < networks.size(); i++) {
            score(networks.get(i), outputs.get(i), count);
        }
        if (plan.baseline() != null) {
            scoreBaseline(outputs.get(outputs.size() - 1), count);
        }
        return new ScoredBatch(
                List.copyOf(outputs),
                List.copyOf(ids),
                carried.stream().map(List::copyOf).toList());
    }

    private void read(InternalRow row, int index) {
        plan.labels()
                .decode(row, plan.labelColumn(), labels, index * plan.label().bytes());
        if (plan.weighted()) {
            plan.labels().decodeWeight(row, plan.weightColumn(), weights, index * Float.BYTES);
        }
        int column = plan.firstFeature();
        for (int i = 0; i < networks.size(); i++) {
            ScoringPlan.Scorer scorer = plan.scorers().get(i);
            scorer.decoder().decode(row, column, inputs.get(i), index);
            column += scorer.columns();
        }
        for (int i = 0; i < plan.carried(); i++) {
            int at = ScoringPlan.CARRIED + i;
            carried.get(i).add(row.isNullAt(at) ? NULL : row.getUTF8String(at).toString());
        }
        readBaseline(row, index);
        ids.add(plan.identified() ? XXH64.hashLong(position++, row.getLong(ScoringPlan.ID)) : 0L);
    }

    private void readBaseline(InternalRow row, int index) {
        if (plan.baseline() == null) {
            return;
        }
        int column = plan.baselineColumn();
        double value = row.isNullAt(column) ? Double.NaN : row.getDouble(column);
        if (!Double.isFinite(value)) {
            throw new DataException("Cannot use " + plan.name() + ": column "
                    + plan.baseline().column() + ", the baseline, is " + (row.isNullAt(column) ? NULL : value)
                    + " in a row (expected a finite number; leave such rows out, or name another baseline)");
        }
        baseline[index] = value;
    }

    private void score(Inference network, MetricInput output, int count) {
        boolean comparable = network.label().equals(plan.label());
        Set<Inference.Result> results = EnumSet.noneOf(Inference.Result.class);
        if (comparable) {
            results.add(Inference.Result.LOSSES);
            network.labels().put(0, labels, 0, count * plan.label().bytes());
        }
        network.run(count, results);
        output.begin(count)
                .predictions(FloatBuffer.wrap(network.outputs(), 0, count * network.columns()), network.columns());
        if (comparable) {
            output.losses(FloatBuffer.wrap(network.losses(), 0, count));
        }
        addLabels(output, count);
    }

    private void scoreBaseline(MetricInput output, int count) {
        double[] values = Arrays.copyOf(baseline, count);
        output.begin(count)
                .predictions(values, 1)
                .predictionKind(plan.baseline().kind());
        LossFunction loss = networks.get(0).loss();
        if (!loss.isOfClassifiers() && plan.label().elements() == 1) {
            FloatBuffer targets = labels.asFloatBuffer();
            for (int i = 0; i < count; i++) {
                double error = values[i] - targets.get(i);
                values[i] = loss == LossFunction.MSE ? error * error : Math.abs(error);
            }
            output.losses(values);
        }
        addLabels(output, count);
    }

    private void addLabels(MetricInput output, int count) {
        int elements = plan.label().elements();
        if (plan.label().type() == ElementType.INT64) {
            LongBuffer classes = labels.asLongBuffer();
            output.classes(classes.limit(count * elements));
        } else {
            output.targets(labels.asFloatBuffer().limit(count * elements), elements);
        }
        if (plan.weighted()) {
            output.weights(weights.asFloatBuffer().limit(count));
        }
    }
}
