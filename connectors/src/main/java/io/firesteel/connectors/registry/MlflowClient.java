package io.firesteel.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.engine.registry.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Requests to an MLflow server. Who asks is told by the environment, as MLflow's own clients are: {@code MLFLOW_TRACKING_TOKEN}, or
 * {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}; they are in no message.
 */
public final class MlflowClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI server;
    private final Map<String, String> environment;

    /**
     * @param server {@code http://host:5000}
     * @param environment of the process
     */
    public MlflowClient(URI server, Map<String, String> environment) {
        if (!"http".equals(server.getScheme()) && !"https".equals(server.getScheme())) {
            throw new IllegalArgumentException(
                    "Invalid MLflow server: " + server + " (must be http://HOST:PORT or https://HOST)");
        }
        this.server = server;
        this.environment = Map.copyOf(environment);
    }

    /** Makes a request that changes something; its answer. */
    JsonNode call(String method, String path, Map<String, Object> body) {
        return checked(path, send(path, request(path).method(method, content(body))));
    }

    /** As {@link #call}, of something that may be there. */
    void createIfAbsent(String path, Map<String, Object> body) {
        HttpResponse<String> response = send(path, request(path).POST(content(body)));
        if (!response.body().contains("RESOURCE_ALREADY_EXISTS")) {
            checked(path, response);
        }
    }

    /** Asks for something. */
    JsonNode find(String path, Map<String, String> query) {
        String text = query.entrySet().stream()
                .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return checked(path, send(path, request(path + "?" + text).GET()));
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new RegistryException(
                    "Cannot mirror to MLflow at " + server + ": no answer to " + path + " ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "); start it or correct its address",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("Cannot mirror to MLflow at " + server + ": interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString().replaceFirst("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/2.0/mlflow/" + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
        String user = environment.get("MLFLOW_TRACKING_USERNAME");
        String password = environment.get("MLFLOW_TRACKING_PASSWORD");
        String token = environment.get("MLFLOW_TRACKING_TOKEN");
        if (user != null && password != null) {
            String both = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
            request.header("Authorization", "Basic " + both);
        } else if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private JsonNode checked(String path, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            String says = tree(response.body()).path("message").asText("");
            throw new RegistryException("Cannot mirror to MLflow at " + server + ": it answers " + path + " with "
                    + response.statusCode() + (says.isEmpty() ? "" : " (" + says + ")") + " (expected 200)");
        }
        return tree(response.body());
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static HttpRequest.BodyPublisher content(Map<String, Object> body) {
        return HttpRequest.BodyPublishers.ofByteArray(JsonFields.toBytes(body));
    }
}
