package io.firesteel.engine.handler;

/** Where {@link GpuInfo} reads what a GPU is busy with: NVIDIA's driver, or something else for another make. */
@FunctionalInterface
public interface GpuReader {
    /**
     * Reads it now.
     *
     * @param device number of the GPU, from 0
     * @throws IllegalStateException if there is no such GPU, or nobody to ask
     */
    GpuUse read(int device);
}
