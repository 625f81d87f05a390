/**
 * Holds the documentation to the code: job files in it parse, classes compile, command lines are accepted, links lead
 * somewhere, classes that it names exist. Uses everything. Start at {@code Page}.
 */
package io.firesteel.spark.docs;
