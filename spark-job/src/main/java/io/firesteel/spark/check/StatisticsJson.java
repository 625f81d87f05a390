package io.firesteel.spark.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statistics as JSON. A bin is written as {@code [least, largest, count]}; a number that isn't finite as null. */
final class StatisticsJson {
    static final String SCHEMA = "firesteel.statistics/1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private StatisticsJson() {}

    static byte[] write(DataStatistics statistics) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("rows", statistics.rows());
        fields.put("types", statistics.schema());
        fields.put(
                "columns",
                statistics.columns().stream().map(StatisticsJson::column).toList());
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write statistics as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Object> column(ColumnStatistics column) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", column.name());
        fields.put("role", column.role().label());
        fields.put("type", column.type());
        fields.put("values", column.values());
        fields.put("nulls", column.nulls());
        column.numbers().ifPresent(numbers -> fields.put("numbers", numbers(numbers)));
        column.categories().ifPresent(categories -> fields.put("categories", categories(categories)));
        return fields;
    }

    private static Map<String, Object> numbers(NumberSummary numbers) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("nans", numbers.nans());
        fields.put("infinities", numbers.infinities());
        fields.put("minimum", finite(numbers.minimum()));
        fields.put("maximum", finite(numbers.maximum()));
        fields.put("mean", finite(numbers.mean()));
        fields.put("deviation", finite(numbers.deviation()));
        fields.put(
                "histogram",
                numbers.histogram().bins().stream()
                        .map(bin -> List.of(bin.least(), bin.largest(), bin.count()))
                        .toList());
        return fields;
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static Map<String, Object> categories(CategorySummary categories) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("distinct", categories.distinct());
        fields.put("counts", categories.counts());
        fields.put("other", categories.other());
        return fields;
    }

    static DataStatistics read(byte[] json) {
        try {
            return read(JSON.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read statistics: they aren't JSON (" + e.getMessage() + ")", e);
        }
    }

    private static DataStatistics read(JsonNode fields) {
        String schema = fields.path("schema").asText("none");
        if (!schema.equals(SCHEMA)) {
            throw new IllegalArgumentException(
                    "Cannot read statistics: their schema is another (" + schema + ", expected " + SCHEMA + ")");
        }
        Map<String, String> types = new LinkedHashMap<>();
        fields.path("types")
                .properties()
                .forEach(type -> types.put(type.getKey(), type.getValue().asText()));
        List<ColumnStatistics> columns = new ArrayList<>();
        fields.path("columns").forEach(column -> columns.add(column(column)));
        return new DataStatistics(whole(fields, "rows"), types, columns);
    }

    private static ColumnStatistics column(JsonNode fields) {
        return new ColumnStatistics(
                required(fields, "name").asText(),
                Role.of(required(fields, "role").asText()),
                required(fields, "type").asText(),
                whole(fields, "values"),
                whole(fields, "nulls"),
                Optional.ofNullable(fields.get("numbers")).map(StatisticsJson::numbers),
                Optional.ofNullable(fields.get("categories")).map(StatisticsJson::categories));
    }

    private static NumberSummary numbers(JsonNode fields) {
        List<Bin> bins = new ArrayList<>();
        required(fields, "histogram")
                .forEach(bin -> bins.add(new Bin(
                        bin.path(0).asDouble(),
                        bin.path(1).asDouble(),
                        bin.path(2).asLong())));
        return new NumberSummary(
                whole(fields, "nans"),
                whole(fields, "infinities"),
                number(fields, "minimum"),
                number(fields, "maximum"),
                number(fields, "mean"),
                number(fields, "deviation"),
                new Histogram(bins));
    }

    private static CategorySummary categories(JsonNode fields) {
        Map<String, Long> counts = new LinkedHashMap<>();
        required(fields, "counts")
                .properties()
                .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
        return new CategorySummary(whole(fields, "distinct"), counts, whole(fields, "other"));
    }

    private static long whole(JsonNode fields, String name) {
        return required(fields, name).asLong();
    }

    private static double number(JsonNode fields, String name) {
        JsonNode number = required(fields, name);
        return number.isNull() ? Double.NaN : number.asDouble();
    }

    private static JsonNode required(JsonNode fields, String name) {
        JsonNode field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("Cannot read statistics: a field is missing (" + name + ")");
        }
        return field;
    }
}
