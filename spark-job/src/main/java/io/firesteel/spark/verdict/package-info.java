/**
 * What a run of {@code retrain} says for itself: {@code verdict.json} for programs and {@code verdict.html}, one page for the person who reads it in the
 * morning. It reads comparisons and histories and draws with the engine's plots; it decides nothing and writes no file. Start at {@link
 * io.firesteel.spark.verdict.Verdict}.
 */
package io.firesteel.spark.verdict;
