package io.firesteel.engine.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica asks of libtorch that DJL's engine-neutral API doesn't offer: DJL's gradient collector exists once per
 * JVM, but two replicas may share one.
 */
public final class Torch {
    private static final Logger LOG = LoggerFactory.getLogger(Torch.class);

    private Torch() {}

    /**
     * Loads the native library, once per JVM.
     *
     * @param threads threads that one operator may use, &gt; 0; replicas that share a host compete above one per core
     * @throws IllegalStateException if the library isn't on the class path or doesn't load
     */
    public static void start(int threads) {
        try {
            Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException(
                    "Cannot load libtorch: " + e.getMessage()
                            + " (add the pytorch-native jar to the class path, or set PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR)",
                    e);
        }
        JniUtils.setNumThreads(threads);
        readLogLevel();
    }

    /**
     * Makes libtorch read {@code TORCH_CPP_LOG_LEVEL}, which it does in Python's module alone: else each process prints a
     * warning about a guard that DJL's native code uses.
     */
    private static void readLogLevel() {
        if (System.getenv("TORCH_CPP_LOG_LEVEL") != null) {
            try {
                NativeLibrary.getInstance("libc10.so")
                        .getFunction("_ZN3c1011initLoggingEv")
                        .invoke(new Object[0]);
            } catch (UnsatisfiedLinkError e) {
                LOG.debug("libtorch's log level stays as it is: {}", e.getMessage(), e);
            }
        }
    }

    /** Turns gradient recording on or off for the calling thread; new threads begin with it on. */
    public static void recordGradients(boolean enabled) {
        JniUtils.setGradMode(enabled);
    }

    /** Seeds libtorch's generator, which all threads of the process share. */
    static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /** Adds the derivatives of a scalar to the gradients of the parameters that it was computed from. */
    public static void backward(NDArray scalar) {
        try (NDArray one = scalar.getManager().ones(scalar.getShape(), DataType.FLOAT32)) {
            backward(scalar, one);
        }
    }

    /** The same of a value of which the derivative with respect to these outputs is known. */
    static void backward(NDArray outputs, NDArray derivative) {
        JniUtils.backward((PtNDArray) outputs, (PtNDArray) derivative, false, false);
    }

    /** The gradient of a parameter, or null while it has none; the caller closes it. */
    public static NDArray gradient(NDArray parameter) {
        return JniUtils.getGradient((PtNDArray) parameter);
    }

    /** Sets the gradient of a parameter to 0, if it has one. */
    public static void zeroGradient(NDArray parameter) {
        JniUtils.zeroGrad((PtNDArray) parameter);
    }
}
