/** Firesteel spark-job. */
package io.firesteel.spark;
