package io.firesteel.engine.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes instances of classes that a job names: they lie in the user's jars. */
public final class UserClass {
    private UserClass() {}

    /**
     * Makes an instance.
     *
     * @param role what the class is for, as the job file's key names it
     * @param className a class on the class path
     * @param type what it must implement
     * @throws IllegalArgumentException if there is no such class, or it can't be used
     */
    public static <T> T create(String role, String className, Class<T> type) {
        Class<?> found = load(role, className, type);
        try {
            return type.cast(found.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "Cannot create " + role + " class " + className + ": " + e
                            + " (expected a public class with a public constructor without arguments)",
                    e);
        }
    }

    /**
     * Finds a class.
     *
     * @param role what the class is for, as the job file's key names it
     * @param className a class on the class path
     * @param types of which it must implement one
     * @throws IllegalArgumentException if there is no such class, or it implements none of them
     */
    public static Class<?> load(String role, String className, Class<?>... types) {
        try {
            Class<?> found = Class.forName(className, true, loader());
            if (Arrays.stream(types).noneMatch(type -> type.isAssignableFrom(found))) {
                throw new IllegalArgumentException(
                        "Cannot use " + role + " class " + className + ": it doesn't implement "
                                + Arrays.stream(types).map(Class::getName).collect(Collectors.joining(" or ")));
            }
            return found;
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "Cannot find " + role + " class " + className
                            + ": it isn't on the class path (give its jar with --jars)",
                    e);
        }
    }

    /** Spark puts a user's jars into the thread's context loader. */
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : UserClass.class.getClassLoader();
    }
}
