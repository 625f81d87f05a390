package io.firesteel.spark.check;

import io.firesteel.spark.config.ChecksConfig;
import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.RowBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns whose statistics a training and its checks need. */
public final class UsedColumns {
    private UsedColumns() {}

    /**
     * Those that are trained on, those that checks name, and others; each once.
     *
     * @param others names or globs, such as columns of slices
     * @throws io.firesteel.engine.data.DataException if the data has no column of a name
     */
    public static List<UsedColumn> of(
            RowBinding binding, DatasetColumns columns, ChecksConfig checks, List<String> others) {
        Map<String, Role> roles = new LinkedHashMap<>();
        binding.featureColumns().forEach(name -> roles.put(name, Role.FEATURE));
        Role label = binding.hasClasses() ? Role.CLASS_LABEL : Role.LABEL;
        binding.labelColumns().forEach(name -> roles.put(name, label));
        binding.weight().ifPresent(name -> roles.putIfAbsent(name, Role.WEIGHT));
        checks.nulls().ifPresent(rule -> add(roles, columns, "checks.nulls.columns", rule.columns()));
        for (int i = 0; i < checks.ranges().size(); i++) {
            String key = "checks.ranges." + i + ".column";
            add(roles, columns, key, List.of(checks.ranges().get(i).column()));
        }
        checks.drift().ifPresent(rule -> add(roles, columns, "checks.drift.columns", rule.columns()));
        add(roles, columns, "statistics", others);
        return roles.entrySet().stream()
                .map(entry -> new UsedColumn(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void add(Map<String, Role> roles, DatasetColumns columns, String key, List<String> patterns) {
        columns.expand(key, patterns, Set.of()).forEach(name -> roles.putIfAbsent(name, Role.OTHER));
    }
}
