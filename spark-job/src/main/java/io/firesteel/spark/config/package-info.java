/**
 * The job file: YAML text read strictly into validated records, and written back with every default spelled out. Uses
 * the values of the engine (model, loss, optimizer, element type) and a YAML parser; knows no Spark, no Hadoop, opens no
 * file. Each {@code *Section} class is the one place where the keys of one mapping stand, with their types, ranges and
 * defaults. Start at {@link io.firesteel.spark.config.JobFile}.
 */
package io.firesteel.spark.config;
