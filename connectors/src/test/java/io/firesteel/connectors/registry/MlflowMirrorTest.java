package io.firesteel.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.Storage;
import io.firesteel.engine.registry.AliasChange;
import io.firesteel.engine.registry.RegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a stand-in that keeps what MLflow's registry would, with two versions on a page. */
@Timeout(60)
class MlflowMirrorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> versions = new ArrayList<>();
    private final Map<String, String> aliases = new TreeMap<>();
    private final List<String> callers = new ArrayList<>();
    private boolean exists;
    private HttpServer server;
    private DirectoryRegistry registry;
    private ArtifactDirectory runs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        ArtifactDirectory root = Storage.FILE.emptyDirectory();
        runs = root.child("runs");
        registry = DirectoryRegistry.open(root.child("registry").uri(), Storage.FILE.client());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void versionsAndAliasesArriveOnce() {
        register(3);
        registry.promote(AliasChange.of(2, "champion", "best"), registry.state());
        assertThat(mirror(Map.of()).update(registry)).isEqualTo(3);
        register(4);
        registry.promote(AliasChange.of(4, "champion", "better"), registry.state());
        assertThat(mirror(Map.of()).update(registry)).isEqualTo(1);
        assertThat(mirror(Map.of()).update(registry)).isZero();
        assertThat(versions).hasSize(4);
        assertThat(versions.get(3).get("source").asText())
                .isEqualTo(registry.version(4).location());
        assertThat(versions.get(3).get("tags").get(0).get("value").asText()).isEqualTo("4");
        assertThat(aliases).containsExactly(Map.entry("champion", "104"));
        assertThat(callers).containsOnly("none");
    }

    @Test
    void callerIsToldByTheEnvironment() {
        mirror(Map.of("MLFLOW_TRACKING_TOKEN", "t")).update(registry);
        assertThat(callers).containsOnly("Bearer t");
        callers.clear();
        mirror(Map.of("MLFLOW_TRACKING_USERNAME", "ana", "MLFLOW_TRACKING_PASSWORD", "pw"))
                .update(registry);
        // printf ana:pw | base64
        assertThat(callers).containsOnly("Basic YW5hOnB3");
    }

    @Test
    void refusalAndSilenceAreSaid() {
        String address = address();
        MlflowClient client = new MlflowClient(URI.create(address), Map.of());
        assertThatThrownBy(() -> client.call("POST", "unheard", Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot mirror to MLflow at " + address
                        + ": it answers unheard with 404 (no such thing) (expected 200)");
        server.stop(0);
        assertThatThrownBy(() -> mirror(Map.of()).update(registry))
                .isInstanceOf(RegistryException.class)
                .hasMessageMatching("Cannot mirror to MLflow at " + address
                        + ": no answer to registered-models/create \\(.+\\); start it or correct its address");
        assertThatThrownBy(() -> new MlflowClient(URI.create("file:/x"), Map.of()))
                .hasMessage("Invalid MLflow server: file:/x (must be http://HOST:PORT or https://HOST)");
    }

    private void register(int upTo) {
        for (int run = registry.state().latest() + 1; run <= upTo; run++) {
            registry.register(TestModels.of("r" + run, runs));
        }
    }

    private MlflowMirror mirror(Map<String, String> environment) {
        return new MlflowMirror(new MlflowClient(URI.create(address()), environment), "ridership");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replace("/api/2.0/mlflow/", "");
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String caller = exchange.getRequestHeaders().getFirst("Authorization");
        callers.add(caller == null ? "none" : caller);
        switch (path) {
            case "registered-models/create" -> {
                reply(exchange, exists ? 400 : 200, exists ? "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\"}" : "{}");
                exists = true;
            }
            case "model-versions/search" -> reply(exchange, 200, page(exchange.getRequestURI()));
            case "model-versions/create" -> {
                versions.add(body);
                reply(exchange, 200, "{\"model_version\": {\"version\": \"" + (100 + versions.size()) + "\"}}");
            }
            case "registered-models/alias" -> {
                aliases.put(body.get("alias").asText(), body.get("version").asText());
                reply(exchange, 200, "{}");
            }
            default -> reply(exchange, 404, "{\"message\": \"no such thing\"}");
        }
    }

    private String page(URI request) {
        String query = URLDecoder.decode(request.getRawQuery(), UTF_8);
        assertThat(query).startsWith("filter=name='ridership'");
        int start = query.contains("page_token=") ? Integer.parseInt(query.replaceFirst(".*page_token=", "")) : 0;
        List<String> found = new ArrayList<>();
        for (int at = start; at < Math.min(start + 2, versions.size()); at++) {
            found.add("{\"version\": \"" + (101 + at) + "\", \"tags\": "
                    + versions.get(at).get("tags") + "}");
        }
        String next = start + 2 < versions.size() ? ", \"next_page_token\": \"" + (start + 2) + "\"" : "";
        return "{\"model_versions\": [" + String.join(", ", found) + "]" + next + "}";
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] content = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }
}
