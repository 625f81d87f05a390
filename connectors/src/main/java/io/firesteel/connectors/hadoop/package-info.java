/**
 * Files of a run on any Hadoop file system: {@code file:}, {@code hdfs:}, {@code s3a:}. Each file appears whole or not at all,
 * and where only one of many writers may place it, one does; failures that pass are tried again, others say the way out. It
 * uses Hadoop's client alone, and knows the classes of S3's by name, for that may be absent. Start at {@link
 * io.firesteel.connectors.hadoop.ArtifactDirectory}; what is atomic on which file system stands in {@link
 * io.firesteel.connectors.hadoop.FilePlacement} and its implementations.
 */
package io.firesteel.connectors.hadoop;
