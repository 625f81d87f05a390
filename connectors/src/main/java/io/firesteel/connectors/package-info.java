/** Firesteel connectors. */
package io.firesteel.connectors;
