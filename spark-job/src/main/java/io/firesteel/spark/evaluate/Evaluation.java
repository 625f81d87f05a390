package io.firesteel.spark.evaluate;

import io.firesteel.connectors.source.DatasetLocation;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.evaluate.PredictionColumns.Role;
import io.firesteel.spark.ingest.InternalRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** The metrics of a file of predictions. Reads it twice: to find out what the columns hold, and to compute. */
public final class Evaluation {
    private static final String WHERE = "--where";

    private final EvaluationRequest request;
    private final MetricSet metrics;

    /**
     * @param request what to evaluate
     * @throws IllegalArgumentException if a metric is unknown, or reads what there is no column for
     */
    public Evaluation(EvaluationRequest request) {
        this.request = request;
        this.metrics = request.metricSet();
    }

    /**
     * Evaluates.
     *
     * @throws IllegalArgumentException if a column isn't there
     * @throws DataException if the file isn't there, or a value can't be used
     */
    public EvaluationReport run(SparkSession spark) {
        long start = System.nanoTime();
        Dataset<Row> file = open(spark);
        Bound bound = bind(new BoundColumns(request.path(), file));
        Look look = look(file, bound);
        PredictionKind kind =
                request.kind().orElseGet(() -> KindGuess.of(look.of(bound.predictions()), look.of(bound.labels())));
        RowForm form = new RowForm(
                bound.predictions().size(),
                bound.labels().size(),
                bound.targets().size(),
                isClass(look.of(bound.labels())),
                !bound.weights().isEmpty(),
                !bound.losses().isEmpty(),
                bound.group().isPresent(),
                bound.text().isPresent(),
                kind);
        Dataset<Row> selected = file.select(bound.selected().toArray(Column[]::new));
        JavaRDD<InternalRow> rows = InternalRows.of(selected);
        MetricResults known = request.exact()
                ? new ExactMetrics(file, bound, look, new EvaluatedRows(spark, rows, form)).of(metrics)
                : new MetricResults(Map.of(), Map.of());
        MetricResults results = results(known, rows, form);
        return EvaluationReport.of(request, metrics, results, look.rows(), kind, (System.nanoTime() - start) / 1e9);
    }

    private MetricResults results(MetricResults known, JavaRDD<InternalRow> rows, RowForm form) {
        MetricFold fold = new MetricFold(request.metrics(), request.parameters(), known.names(), form);
        MetricSet knowing = metrics.knowing(known);
        return knowing.compute(knowing.stateNames().isEmpty() ? knowing.zero() : fold.fold(rows));
    }

    /** The file with those rows that count; what a job file calls data.where is an option here. */
    private Dataset<Row> open(SparkSession spark) {
        try {
            return location().open(spark);
        } catch (DataException e) {
            throw new DataException(e.getMessage().replace("data.where", WHERE), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage().replace("data.where", WHERE), e);
        }
    }

    private DatasetLocation location() {
        String format = request.sourceFormat();
        Map<String, String> options = new LinkedHashMap<>();
        if (format.equals("csv")) {
            // Types are left to NumberColumn, which reads each text once and loses nothing.
            options.put("header", "true");
        }
        options.putAll(request.options());
        return new DatasetLocation(format, List.of(request.path()), options, request.where());
    }

    private Bound bind(BoundColumns columns) {
        PredictionColumns asked = request.columns();
        return new Bound(
                columns.numbers(Role.PREDICTION, asked.names(Role.PREDICTION)),
                columns.numbers(Role.LABEL, asked.names(Role.LABEL)),
                columns.numbers(Role.TARGET, asked.names(Role.TARGET)),
                columns.numbers(Role.WEIGHT, asked.names(Role.WEIGHT)),
                columns.numbers(Role.LOSS, asked.names(Role.LOSS)),
                asked.names(Role.GROUP).stream().findFirst().map(name -> columns.text(Role.GROUP, name)),
                asked.names(Role.TEXT).stream().findFirst().map(name -> columns.text(Role.TEXT, name)),
                asked.has(Role.REFERENCE)
                        ? Optional.of(columns.texts(Role.REFERENCE, asked.names(Role.REFERENCE)))
                        : Optional.empty());
    }

    /** One pass over all rows. */
    private Look look(Dataset<Row> file, Bound bound) {
        List<Column> aggregates = new ArrayList<>();
        List<NumberColumn> numbers = bound.numbers();
        numbers.forEach(column -> aggregates.addAll(column.statistics()));
        bound.group().ifPresent(group -> aggregates.add(functions.count_if(group.isNull())));
        bound.text().ifPresent(text -> aggregates.add(functions.count_if(text.isNull())));
        bound.references()
                .ifPresent(texts -> aggregates.add(functions.count_if(functions
                        .coalesce(functions.size(texts), functions.lit(0))
                        .leq(0))));
        Row row = file.agg(functions.count(functions.lit(1)), aggregates.toArray(Column[]::new))
                .first();
        long rows = row.getLong(0);
        Map<NumberColumn, NumberStatistics> statistics = new LinkedHashMap<>();
        int at = 1;
        for (NumberColumn column : numbers) {
            NumberStatistics found = NumberStatistics.of(column, row, at);
            found.checkComplete(request.path(), rows);
            statistics.put(column, found);
            at += NumberColumn.STATISTICS;
        }
        for (Role role : bound.textRoles()) {
            checkTexts(role, row.getLong(at++), rows);
        }
        Look look = new Look(rows, statistics);
        look.of(bound.weights()).forEach(this::checkWeights);
        if (!bound.targets().isEmpty() && !bound.labels().isEmpty() && !isClass(look.of(bound.labels()))) {
            throw new DataException("Cannot evaluate " + request.path() + ": labels of "
                    + request.columns().names(Role.LABEL)
                    + " are no classes (expected one column of whole numbers beside target columns)");
        }
        return look;
    }

    private void checkTexts(Role role, long missing, long rows) {
        if (missing > 0) {
            throw new DataException("Cannot evaluate " + request.path() + ": column "
                    + String.join("|", request.columns().names(role)) + " has no value in " + missing + " of " + rows
                    + " rows (expected a text in each)");
        }
    }

    private void checkWeights(NumberStatistics weights) {
        if (weights.least() < 0 || weights.most() == Double.POSITIVE_INFINITY) {
            throw new DataException("Cannot evaluate " + request.path() + ": weights of column " + weights.column()
                    + " are from " + weights.least() + " to " + weights.most() + " (expected finite numbers >= 0)");
        }
    }

    private static boolean isClass(List<NumberStatistics> labels) {
        return labels.size() == 1 && labels.get(0).whole();
    }

    /** What the columns hold. */
    record Look(long rows, Map<NumberColumn, NumberStatistics> statistics) {
        List<NumberStatistics> of(List<NumberColumn> columns) {
            return columns.stream().map(statistics::get).toList();
        }
    }

    /** The columns that roles name. */
    record Bound(
            List<NumberColumn> predictions,
            List<NumberColumn> labels,
            List<NumberColumn> targets,
            List<NumberColumn> weights,
            List<NumberColumn> losses,
            Optional<Column> group,
            Optional<Column> text,
            Optional<Column> references) {
        List<NumberColumn> numbers() {
            List<NumberColumn> numbers = new ArrayList<>(predictions);
            numbers.addAll(labels);
            numbers.addAll(targets);
            numbers.addAll(weights);
            numbers.addAll(losses);
            return numbers;
        }

        /** A number that is larger the likelier class 1 is; of one column, or of two. */
        Column score(PredictionKind kind) {
            Column first = predictions.get(0).value();
            if (predictions.size() == 1) {
                return first;
            }
            Column second = predictions.get(1).value();
            return kind == PredictionKind.LOGITS ? second.minus(first) : second;
        }

        /** In the order of {@link RowForm}; references are of no use without texts. */
        List<Column> selected() {
            List<Column> selected = new ArrayList<>();
            numbers().forEach(column -> selected.add(column.value()));
            group.ifPresent(selected::add);
            text.ifPresent(selected::add);
            text.ifPresent(written -> selected.add(references.orElse(functions.array(written))));
            return selected;
        }

        List<Role> textRoles() {
            List<Role> roles = new ArrayList<>();
            group.ifPresent(column -> roles.add(Role.GROUP));
            text.ifPresent(column -> roles.add(Role.TEXT));
            references.ifPresent(column -> roles.add(Role.REFERENCE));
            return roles;
        }
    }
}
