/**
 * Where rows come from: a location and a format become a Spark DataFrame, and what goes wrong on the way becomes one
 * clear error. The one package of this module that sees Spark SQL. Start at {@link
 * io.firesteel.connectors.source.DatasetLocation}.
 */
package io.firesteel.connectors.source;
