package io.firesteel.spark.evaluate;

/**
 * The model whose predictions were evaluated.
 *
 * @param path of its directory, a Hadoop URI
 * @param sha256 of its weights, as a run's report has it
 */
public record EvaluatedModel(String path, String sha256) {}
