/**
 * Pictures of numbers as SVG text, the same bytes for the same numbers. May use the JDK. Start at {@link
 * io.firesteel.engine.plot.LinePlot}.
 */
package io.firesteel.engine.plot;
