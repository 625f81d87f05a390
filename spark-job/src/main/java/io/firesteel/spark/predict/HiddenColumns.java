package io.firesteel.spark.predict;

import io.firesteel.spark.ingest.DatasetColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Columns for the eyes of models only, put beside those that rows have: each model sees the rows as its own derived columns make them,
 * and leaves them as they were.
 */
final class HiddenColumns {
    private static final String PREFIX = "__firesteel_";
    private static final String SAVED = PREFIX + "saved_";

    private final Dataset<Row> original;
    private final String name;
    private final List<String> hidden = new ArrayList<>();
    private Dataset<Row> rows;

    /** @param name how messages call the rows */
    HiddenColumns(Dataset<Row> original, String name) {
        this.original = original;
        this.name = name;
        this.rows = original;
    }

    /** The rows as a model sees them, for finding columns and their types. */
    DatasetColumns seenBy(LoadedModel model, boolean labelled) {
        return new DatasetColumns(name, model.derive(original, name, labelled));
    }

    /** Adds columns whose expressions are of the rows as a model sees them. */
    void add(LoadedModel model, boolean labelled, List<Column> values) {
        Set<String> replaced = Arrays.stream(original.columns())
                .filter(model.description().derive()::containsKey)
                .collect(Collectors.toSet());
        List<Column> saving = new ArrayList<>(List.of(functions.col("*")));
        replaced.forEach(column -> saving.add(column(column).as(SAVED + column)));
        Dataset<Row> seen = replaced.isEmpty() ? rows : rows.select(saving.toArray(Column[]::new));
        List<Column> kept = new ArrayList<>();
        for (String column : rows.columns()) {
            kept.add(replaced.contains(column) ? column(SAVED + column).as(column) : column(column));
        }
        for (Column value : values) {
            String added = PREFIX + hidden.size();
            hidden.add(added);
            kept.add(value.as(added));
        }
        rows = model.derive(seen, name, labelled).select(kept.toArray(Column[]::new));
    }

    /** All that were added, then columns of the rows as they were. */
    Dataset<Row> before(List<Column> last) {
        List<Column> selected = new ArrayList<>();
        hidden.forEach(added -> selected.add(column(added)));
        selected.addAll(last);
        return rows.select(selected.toArray(Column[]::new));
    }

    static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }
}
