/**
 * The benchmarks of the {@code bench} command: what each rank does and measures, and what becomes of the figures. A benchmark
 * is handed {@link io.firesteel.spark.bench.Ranks} to run on and knows neither commands nor sessions. Uses the engine and {@code
 * barrier}. Start at {@link io.firesteel.spark.bench.AllReduceBenchmark}, then {@link
 * io.firesteel.spark.bench.StepTimingBenchmark}; {@link io.firesteel.spark.bench.EventsBenchmark} needs no ranks.
 */
package io.firesteel.spark.bench;
