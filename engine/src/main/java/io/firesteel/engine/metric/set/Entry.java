package io.firesteel.engine.metric.set;

import java.util.List;

/**
 * One of a set's values.
 *
 * @param name under which it is reported
 * @param definition the metric's own name, or the formula
 * @param expression how it is computed
 * @param operands all metrics in it
 */
record Entry(String name, String definition, Expression expression, List<Operand> operands) {
    Entry {
        operands = List.copyOf(operands);
    }
}
