package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.MetricValue.Fields;
import io.firesteel.engine.metric.MetricValue.Matrix;
import io.firesteel.engine.metric.MetricValue.Scalar;
import io.firesteel.engine.metric.MetricValue.Vector;
import io.firesteel.engine.metric.NotComputableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic on values: number by number, a single number with each number of the other value. */
final class Arithmetic {
    private Arithmetic() {}

    static MetricValue map(MetricValue value, DoubleUnaryOperator operator) {
        return combine(value, new Scalar(0), (number, ignored) -> operator.applyAsDouble(number));
    }

    static MetricValue combine(MetricValue left, MetricValue right, DoubleBinaryOperator operator) {
        if (left instanceof Scalar a && right instanceof Scalar b) {
            return MetricValue.of(operator.applyAsDouble(a.value(), b.value()));
        }
        List<MetricValue> lefts = parts(left);
        List<MetricValue> rights = parts(right);
        if (!lefts.isEmpty() && !rights.isEmpty() && lefts.size() != rights.size()) {
            throw new NotComputableException("Cannot combine values of several numbers: one has " + lefts.size()
                    + " elements, the other " + rights.size() + " (expected as many, or a single number)");
        }
        int size = Math.max(lefts.size(), rights.size());
        List<MetricValue> combined = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            combined.add(
                    combine(lefts.isEmpty() ? left : lefts.get(i), rights.isEmpty() ? right : rights.get(i), operator));
        }
        return left instanceof Matrix || right instanceof Matrix ? matrix(combined) : vector(combined);
    }

    /** The elements of a vector, the rows of a matrix; none of a number. */
    private static List<MetricValue> parts(MetricValue value) {
        if (value instanceof Fields fields) {
            throw new NotComputableException("Cannot compute with a value of several fields: name one of them ("
                    + fields.fields().keySet() + ", as in metric.field)");
        }
        if (value instanceof Vector vector) {
            return vector.values().stream().map(MetricValue::of).toList();
        }
        return value instanceof Matrix matrix
                ? matrix.rows().stream().<MetricValue>map(Vector::new).toList()
                : List.of();
    }

    private static MetricValue vector(List<MetricValue> numbers) {
        return new Vector(numbers.stream().map(MetricValue::number).toList());
    }

    private static MetricValue matrix(List<MetricValue> rows) {
        return new Matrix(rows.stream().map(row -> ((Vector) row).values()).toList());
    }

    /** All numbers of a value, in order. */
    static double[] numbers(MetricValue value) {
        return value instanceof Scalar scalar
                ? new double[] {scalar.value()}
                : parts(value).stream()
                        .flatMapToDouble(part -> Arrays.stream(numbers(part)))
                        .toArray();
    }

    static MetricValue element(MetricValue value, int index) {
        List<MetricValue> parts = parts(value);
        if (index >= parts.size()) {
            throw new NotComputableException(
                    "Cannot take element " + index + " of a metric's value: it has " + parts.size() + " elements");
        }
        return parts.get(index);
    }

    static MetricValue field(MetricValue value, String name) {
        MetricValue field = value instanceof Fields fields ? fields.fields().get(name) : null;
        if (field == null) {
            throw new NotComputableException("Cannot take field " + name + " of a metric's value: it has "
                    + (value instanceof Fields fields
                            ? "only " + fields.fields().keySet()
                            : "no fields"));
        }
        return field;
    }
}
