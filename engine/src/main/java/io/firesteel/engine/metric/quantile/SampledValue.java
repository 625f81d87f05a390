package io.firesteel.engine.metric.quantile;

/**
 * What a sample says.
 *
 * @param value of the sample
 * @param standardError how far the value of all rows usually is, were the sample not all of them
 */
record SampledValue(double value, double standardError) {}
