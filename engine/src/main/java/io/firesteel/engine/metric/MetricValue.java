package io.firesteel.engine.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a metric says of all rows: mostly a number, sometimes one for each class, a table or several values with names. Any
 * number may be NaN. Reports write a number, an array, an array of arrays, or an object.
 */
public sealed interface MetricValue {
    /** A single number. */
    static MetricValue of(double number) {
        return new Scalar(number);
    }

    /**
     * A number that stands for one which would take too much memory to compute.
     *
     * @param errorBound the other number is this far away at the most, &gt;= 0
     */
    static MetricValue bounded(double number, double errorBound) {
        return new Scalar(number, Map.of("errorBound", errorBound));
    }

    /**
     * A number computed from a random part of the rows.
     *
     * @param standardError the usual distance from the number of all rows, &gt;= 0
     */
    static MetricValue estimated(double number, double standardError) {
        return new Scalar(number, Map.of("standardError", standardError));
    }

    /** One number for each class, label or position, in their order. */
    static MetricValue of(double[] numbers) {
        List<Double> values = new ArrayList<>(numbers.length);
        for (double number : numbers) {
            values.add(number);
        }
        return new Vector(values);
    }

    /** A table in row order. */
    static MetricValue of(double[][] rows) {
        List<List<Double>> values = new ArrayList<>(rows.length);
        for (double[] row : rows) {
            values.add(((Vector) of(row)).values());
        }
        return new Matrix(values);
    }

    /** Values with names, in the map's order. */
    static MetricValue of(Map<String, MetricValue> fields) {
        return new Fields(fields);
    }

    /**
     * The number that this value is.
     *
     * @throws IllegalStateException if it isn't a single number
     */
    default double number() {
        throw new IllegalStateException("Cannot read a metric's value as a number: it is a "
                + getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " of "
                + flatten("").size() + " numbers (expected a metric of one number, or one of its parts by name)");
    }

    /**
     * All numbers of this value under names of their own: a number under {@code name}, elements under {@code name[2]} and
     * {@code name[2][0]}, fields under {@code name.field}, the error of a number that isn't exact under {@code name.errorBound} or
     * {@code name.standardError}.
     */
    default Map<String, Double> flatten(String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        visit(name, numbers::put);
        return numbers;
    }

    /** Hands out what {@link #flatten} holds. */
    void visit(String name, BiConsumer<String, Double> visitor);

    /**
     * A number.
     *
     * @param value may be NaN
     * @param errors what is known of its error, by name; nothing if it is exact
     */
    record Scalar(double value, Map<String, Double> errors) implements MetricValue {
        public Scalar {
            errors = Map.copyOf(errors);
        }

        /** A number that is exact. */
        public Scalar(double value) {
            this(value, Map.of());
        }

        @Override
        public double number() {
            return value;
        }

        @Override
        public void visit(String name, BiConsumer<String, Double> visitor) {
            visitor.accept(name, value);
            errors.forEach((error, size) -> visitor.accept(name.isEmpty() ? error : name + "." + error, size));
        }
    }

    /**
     * Numbers in an order.
     *
     * @param values one for each class, label or position
     */
    record Vector(List<Double> values) implements MetricValue {
        public Vector {
            values = List.copyOf(values);
        }

        @Override
        public void visit(String name, BiConsumer<String, Double> visitor) {
            for (int i = 0; i < values.size(); i++) {
                visitor.accept(name + "[" + i + "]", values.get(i));
            }
        }
    }

    /**
     * A table.
     *
     * @param rows as many as there are, each with the same number of columns
     */
    record Matrix(List<List<Double>> rows) implements MetricValue {
        public Matrix {
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public void visit(String name, BiConsumer<String, Double> visitor) {
            for (int i = 0; i < rows.size(); i++) {
                new Vector(rows.get(i)).visit(name + "[" + i + "]", visitor);
            }
        }
    }

    /**
     * Several values.
     *
     * @param fields by name
     */
    record Fields(Map<String, MetricValue> fields) implements MetricValue {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public void visit(String name, BiConsumer<String, Double> visitor) {
            fields.forEach((field, value) -> value.visit(name.isEmpty() ? field : name + "." + field, visitor));
        }
    }
}
