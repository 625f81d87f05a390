package io.firesteel.spark.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HooksTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final HookEvent EVENT = new HookEvent(
            LocalDate.of(2016, 3, 1),
            "2016-03-01",
            "promoted",
            OptionalInt.of(7),
            "file:/runs/verdict.json",
            "{\"outcome\": \"promoted\"}");

    @TempDir
    private Path directory;

    @Test
    void commandFindsTheDateInItsEnvironment() throws Exception {
        Path told = directory.resolve("told");
        new CommandHook(List.of("sh", "-c", "env | grep ^FIRESTEEL_ | sort > \"$0\"", told.toString()), LONG)
                .call(EVENT);
        assertThat(Files.readAllLines(told))
                .contains(
                        "FIRESTEEL_DATE=2016-03-01",
                        "FIRESTEEL_OUTCOME=promoted",
                        "FIRESTEEL_RUN_ID=2016-03-01",
                        "FIRESTEEL_VERDICT=file:/runs/verdict.json",
                        "FIRESTEEL_VERSION=7");
    }

    @Test
    void noShellReadsTheArguments() throws Exception {
        Path told = directory.resolve("a file; touch b");
        new CommandHook(List.of("touch", told.toString()), LONG).call(EVENT);
        assertThat(directory).isDirectoryContaining(path -> path.equals(told));
    }

    @Test
    void commandThatFailsIsQuoted() {
        assertThatThrownBy(
                        () -> new CommandHook(List.of("sh", "-c", "echo no mail server >&2; exit 3"), LONG).call(EVENT))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot run hook [sh, -c, echo no mail server >&2; exit 3]: it ended with 3 (expected 0):"
                        + " no mail server");
    }

    @Test
    void commandThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new CommandHook(List.of("no-such-program"), LONG).call(EVENT))
                .hasMessageStartingWith(
                        "Cannot run hook [no-such-program]: no-such-program can't be started (expected a"
                                + " program on the PATH or its path)");
    }

    @Test
    void commandThatHangsIsKilled() {
        assertThatThrownBy(() -> new CommandHook(List.of("sleep", "600"), SHORT).call(EVENT))
                .hasMessage("Cannot run hook [sleep, 600]: it hasn't ended within 1 s and was killed (let it start what"
                        + " takes longer in the background)");
    }

    @Test
    void webhookGetsTheVerdict() throws Exception {
        Map<String, String> got = new ConcurrentHashMap<>();
        HttpServer server = server(204, got);
        try {
            new WebhookHook(address(server), LONG).call(EVENT);
        } finally {
            server.stop(0);
        }
        assertThat(got)
                .containsEntry("method", "POST")
                .containsEntry("type", "application/json")
                .containsEntry("run", "2016-03-01")
                .containsEntry("body", "{\"outcome\": \"promoted\"}");
    }

    @Test
    void webhookThatRefusesIsNamedWithoutItsSecrets() throws Exception {
        HttpServer server = server(403, new ConcurrentHashMap<>());
        try {
            assertThatThrownBy(() -> new WebhookHook(address(server), LONG).call(EVENT))
                    .hasMessage("Cannot call webhook http://localhost:"
                            + server.getAddress().getPort() + "/…: it answered 403 (expected 200 to 299)");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void webhookWithoutAServerIsNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> new WebhookHook(URI.create("http://localhost:" + port + "/hook"), LONG).call(EVENT))
                .hasMessage("Cannot call webhook http://localhost:" + port + "/…: no server answers there");
    }

    @Test
    void webhookThatIsSilentIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://localhost:" + silent.getLocalPort() + "/hook");
            assertThatThrownBy(() -> new WebhookHook(address, SHORT).call(EVENT))
                    .hasMessage("Cannot call webhook http://localhost:" + silent.getLocalPort()
                            + "/…: no answer within 1 s");
        }
    }

    private static URI address(HttpServer server) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/hook?token=secret");
    }

    private static HttpServer server(int status, Map<String, String> got) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            got.put("method", exchange.getRequestMethod());
            got.put("type", exchange.getRequestHeaders().getFirst("Content-Type"));
            got.put("run", exchange.getRequestHeaders().getFirst("X-Firesteel-Run-Id"));
            got.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
