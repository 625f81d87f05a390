/**
 * Who of several processes works on something: a lease in a directory on any Hadoop file system, renewed as long as its owner
 * lives and free again when it is gone. Uses the files of {@code hadoop} and Jackson. Start at {@link
 * io.firesteel.connectors.lease.JobLease}.
 */
package io.firesteel.connectors.lease;
