package io.firesteel.spark.bench;

import java.io.Serializable;

/**
 * What one training came to.
 *
 * @param accuracy on the validation images, after the last epoch
 * @param bytesPerStep what this replica has sent to others, mean over all steps
 */
record CompressionResult(double accuracy, double bytesPerStep) implements Serializable {}
