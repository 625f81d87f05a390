/**
 * Commands: arguments in, exit code out. The one place that prints and that maps failures to exit codes. Start at {@link
 * io.firesteel.spark.cli.Firesteel}.
 */
package io.firesteel.spark.cli;
