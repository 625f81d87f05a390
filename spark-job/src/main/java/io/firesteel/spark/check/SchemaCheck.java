package io.firesteel.spark.check;

import io.firesteel.spark.config.CheckAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Whether the data has the columns that the champion was trained on. Reads no row. */
final class SchemaCheck {
    private static final String NAME = "schema";

    private final StructType now;
    private final DataStatistics champion;
    private final CheckAction action;
    private final Set<String> used;

    SchemaCheck(StructType now, DataStatistics champion, CheckAction action) {
        this.now = now;
        this.champion = champion;
        this.action = action;
        this.used = champion.columns().stream()
                .filter(ColumnStatistics::isTrainedOn)
                .map(ColumnStatistics::name)
                .collect(Collectors.toSet());
    }

    List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        Map<String, String> types = DataStatistics.types(now);
        champion.schema().forEach((name, type) -> {
            if (!types.containsKey(name)) {
                results.add(gone(name));
            } else if (!types.get(name).equals(type)) {
                results.add(changed(name, type, types.get(name)));
            }
        });
        types.keySet().stream()
                .filter(name -> !champion.schema().containsKey(name))
                .forEach(name -> results.add(added(name, types.get(name))));
        if (results.isEmpty()) {
            results.add(CheckResult.of(
                    NAME,
                    Status.OK,
                    "The " + types.size() + " columns are those that the champion's data had",
                    Double.NaN,
                    Double.NaN));
        }
        return results;
    }

    private CheckResult gone(String name) {
        return CheckResult.of(
                NAME,
                name,
                status(name),
                "Column " + name + " is gone" + use(name) + "; restore it, or set checks.schema: warn");
    }

    private CheckResult changed(String name, String before, String type) {
        // A source that guesses types finds whole numbers one day and fractions the next.
        boolean numbers = isNumber(before) && now.apply(name).dataType() instanceof NumericType;
        return CheckResult.of(
                NAME,
                name,
                numbers ? Status.WARN : status(name),
                "Column " + name + " is " + type + ", it was " + before + use(name)
                        + (numbers ? "" : "; correct the source, or set checks.schema: warn"));
    }

    private CheckResult added(String name, String type) {
        return CheckResult.of(
                NAME,
                name,
                action == CheckAction.STOP ? Status.WARN : Status.OK,
                "Column " + name + " (" + type + ") is new: the champion's data didn't have it");
    }

    /** What nobody is trained on may come and go. */
    private Status status(String name) {
        return used.contains(name) ? Status.of(action) : Status.WARN;
    }

    private String use(String name) {
        return used.contains(name) ? ", and the champion was trained on it" : "";
    }

    private static boolean isNumber(String type) {
        try {
            return DataType.fromDDL(type) instanceof NumericType;
        } catch (Exception e) {
            // A type of another Spark, or of a library that isn't there any more.
            return false;
        }
    }
}
