/**
 * Loops over floats that decide how fast a step is, each once with the vector instructions of {@code jdk.incubator.vector}
 * and once without, to the same bits. JDK only; whoever loops over large float memory may use it. Start at {@link
 * io.firesteel.engine.kernel.FloatKernels}. A class whose name begins with Vector is compiled apart (see the module's pom)
 * and loaded by {@link io.firesteel.engine.kernel.IncubatorModule} alone, so that a JVM without the module never meets it.
 */
package io.firesteel.engine.kernel;
