package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What communicators could leave behind in this JVM.
 *
 * @param descriptors open sockets, what selectors are made of, and shared memory
 * @param threads alive, by name and number
 * @param bufferBytes of direct and mapped buffers
 * @param files names of shared memory; also those of other processes, which last for moments
 */
record HeldResources(int descriptors, Set<String> threads, long bufferBytes, Set<String> files) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** After what is no longer used has been given back. */
    static HeldResources now() throws IOException {
        long bytes = Long.MAX_VALUE;
        for (long next = bufferBytesAfterCollection(); next < bytes; next = bufferBytesAfterCollection()) {
            bytes = next;
        }
        return held();
    }

    /** Threads end and buffers are freed a moment after nobody needs them. */
    void assertNoMoreIsHeld() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        HeldResources now = now();
        while (!now.isNoMoreThan(this) && System.nanoTime() < deadline) {
            now = now();
        }
        assertThat(now.descriptors).as("descriptors").isLessThanOrEqualTo(descriptors);
        assertThat(threads).as("threads").containsAll(now.threads);
        assertThat(now.bufferBytes).as("bytes of buffers").isLessThanOrEqualTo(bufferBytes);
        assertThat(files).as("files in memory").containsAll(now.files);
    }

    private boolean isNoMoreThan(HeldResources other) {
        return descriptors <= other.descriptors
                && other.threads.containsAll(threads)
                && bufferBytes <= other.bufferBytes
                && other.files.containsAll(files);
    }

    private static long bufferBytesAfterCollection() {
        System.gc();
        return bufferBytesHeld();
    }

    private static HeldResources held() throws IOException {
        Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + "#" + thread.getId())
                .collect(Collectors.toCollection(TreeSet::new));
        return new HeldResources(descriptorsHeld(), threads, bufferBytesHeld(), memoryFiles());
    }

    /** Bytes of direct and mapped buffers, those that nobody uses any more included. */
    static long bufferBytesHeld() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static Set<String> memoryFiles() throws IOException {
        if (!SharedMemory.available(MEMORY)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(MEMORY)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("firesteel-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static int descriptorsHeld() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                String target = target(descriptor);
                if (target.startsWith("socket:") || target.startsWith("anon_inode:") || target.startsWith("/dev/shm")) {
                    count++;
                }
            }
        }
        return count;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // The directory stream's own descriptor is gone by now.
            return "";
        }
    }
}
