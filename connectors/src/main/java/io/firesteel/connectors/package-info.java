/**
 * The engine's ports on Hadoop file systems, and dataset locations as Spark sources. Nothing here knows job files or ranks;
 * only {@code source} may use Spark SQL. Start at {@link io.firesteel.connectors.source.DatasetLocation} and {@link
 * io.firesteel.connectors.hadoop.ArtifactDirectory}.
 */
package io.firesteel.connectors;
