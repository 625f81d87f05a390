package io.firesteel.engine.kernel;

import java.lang.reflect.Constructor;
import java.util.Optional;

/**
 * Whether this JVM can run the loops written with {@code jdk.incubator.vector}, and the only way to them. It can where the
 * module is there (Spark starts its JVMs with {@code --add-modules=jdk.incubator.vector}), {@code java.nio} is open to us (so
 * does Spark), and the release is the one whose incubating classes we compile against. The system property {@code
 * firesteel.vector=false} turns them off.
 */
public final class IncubatorModule {
    /** The module's classes change from release to release. */
    private static final int RELEASE = 17;

    private static final boolean PRESENT = !"false".equals(System.getProperty("firesteel.vector"))
            && Runtime.version().feature() == RELEASE
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && DirectView.isSupported();

    private IncubatorModule() {}

    /** Whether {@link #load} answers. */
    public static boolean isPresent() {
        return PRESENT;
    }

    /**
     * Loads loops that need the module.
     *
     * @param type what they implement
     * @param className their class, in the type's package; has a constructor without parameters
     * @return a new instance; empty where the module can't be used
     */
    public static <T> Optional<T> load(Class<T> type, String className) {
        return PRESENT ? Optional.of(instance(type, className)) : Optional.empty();
    }

    private static <T> T instance(Class<T> type, String className) {
        try {
            Constructor<?> constructor = Class.forName(
                            type.getPackageName() + "." + className, true, type.getClassLoader())
                    .getDeclaredConstructor();
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot load vector loops: no " + className + " for " + type.getName(), e);
        }
    }
}
