package io.firesteel.engine.metric.regression;

import java.util.function.DoubleBinaryOperator;

/**
 * What one prediction is off by.
 *
 * @param state the name of the state that sums it up
 * @param domain what it is defined for
 * @param error of a target and its prediction
 */
record ElementError(String state, Domain domain, DoubleBinaryOperator error) {
    ElementError(String state, DoubleBinaryOperator error) {
        this(state, Domain.ANY, error);
    }
}
