/** Firesteel engine. */
package io.firesteel.engine;
