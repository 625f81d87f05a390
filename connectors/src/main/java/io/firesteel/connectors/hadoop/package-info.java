/**
 * Files of a run on any Hadoop file system: {@code file:}, {@code hdfs:}, {@code s3a:}. Each file appears whole or not at
 * all. Start at {@link io.firesteel.connectors.hadoop.ArtifactDirectory}.
 */
package io.firesteel.connectors.hadoop;
