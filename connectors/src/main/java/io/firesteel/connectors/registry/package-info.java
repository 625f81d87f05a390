/**
 * The registry of models as a directory on any Hadoop file system: versions, each sealed by the checksums of its files, and a
 * log whose next entry exactly one writer can publish, which is all that two writers ever contend for. Uses the files of {@code
 * hadoop}, the port of the engine, and Jackson. Start at {@link io.firesteel.connectors.registry.DirectoryRegistry}.
 */
package io.firesteel.connectors.registry;
