/**
 * What a checkpoint holds and its bytes. Here a checkpoint is training state on a store, never the cut of a lineage
 * that Spark calls so. Uses the network's layout, an engine's progress, an optimizer's state, the JDK and
 * the JSON reader that comes with DJL. Start at {@link io.firesteel.engine.checkpoint.TrainingCheckpoint}, or for the
 * format of the bytes at {@link io.firesteel.engine.checkpoint.SafeTensors}.
 */
package io.firesteel.engine.checkpoint;
