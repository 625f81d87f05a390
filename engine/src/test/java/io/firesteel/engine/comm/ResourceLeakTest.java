package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ResourceLeakTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Sockets and what selectors are made of. */
    private static int networkDescriptors() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                String target = target(descriptor);
                if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
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

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + "#" + thread.getId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs once to let the JDK open what it keeps, then expects ten more times to add nothing. */
    private static void leavesNothingBehind(Scenario scenario) throws Exception {
        scenario.play();
        int before = networkDescriptors();
        Set<String> threads = threads();
        for (int i = 0; i < 10; i++) {
            scenario.play();
        }
        assertThat(networkDescriptors()).isEqualTo(before);
        Set<String> added = threads();
        added.removeAll(threads);
        assertThat(added).filteredOn(name -> !name.startsWith("rank ")).isEmpty();
    }

    private interface Scenario {
        void play() throws Exception;
    }

    @Test
    void finishedWorldLeavesNothingBehind() throws Exception {
        leavesNothingBehind(() -> Ranks.values(4, Ranks.options().build(), communicator -> {
            communicator.allReduceSum(List.of(Ranks.vector(100_000)), Ranks.vector(100_000));
            return communicator.allGather(new byte[10]);
        }));
    }

    @Test
    void failedWorldLeavesNothingBehind() throws Exception {
        leavesNothingBehind(() -> {
            List<Ranks.Outcome<Object>> outcomes = Ranks.run(3, Ranks.options().build(), communicator -> {
                if (communicator.rank() != 1) {
                    communicator.barrier();
                }
                return null;
            });
            assertThat(outcomes.get(0).failure()).isNotNull();
        });
    }

    @Test
    void failureAloneReleasesEverythingWithoutClose() throws Exception {
        leavesNothingBehind(() -> {
            List<PeerListener> listeners = Ranks.listeners(2);
            FutureTask<Object> rank0 = Ranks.start("rank 0", () -> {
                Communicator unclosed = listeners
                        .get(0)
                        .connect(Ranks.group(listeners, 0, Ranks.options().build()));
                unclosed.barrier();
                return null;
            });
            RawPeer.join(Ranks.group(listeners, 1, Ranks.options().build()), 0).close();
            listeners.get(1).close();
            assertThat(Ranks.outcome(rank0).failure()).isInstanceOf(CommunicationException.class);
        });
    }

    @Test
    void failedConnectLeavesNothingBehind() throws Exception {
        CommunicatorOptions options =
                Ranks.options().optConnectDeadline(Duration.ofMillis(50)).build();
        leavesNothingBehind(() -> {
            List<PeerListener> listeners = Ranks.listeners(3);
            try (RawPeer silent = RawPeer.connect(listeners.get(1))) {
                FutureTask<Object> rank1 =
                        Ranks.start("rank 1", () -> listeners.get(1).connect(Ranks.group(listeners, 1, options)));
                assertThat(Ranks.outcome(rank1).failure()).isInstanceOf(CommunicationException.class);
                silent.awaitEnd();
            }
            listeners.forEach(PeerListener::close);
        });
    }
}
