package io.firesteel.spark.retrain;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;

/**
 * Posts {@code verdict.json}, as {@code application/json} with what a command finds in its environment in {@code X-Firesteel-*} headers.
 *
 * @param address where to, http or https
 * @param timeout for the whole exchange
 */
record WebhookHook(URI address, Duration timeout) implements Hook {
    private static final int OK = 200;
    private static final int REDIRECTION = 300;

    @Override
    public void call(HookEvent event) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.json()));
        event.environment().forEach((name, value) -> request.header(header(name), value));
        int status = send(request.build());
        if (status < OK || status >= REDIRECTION) {
            throw new IOException(
                    "Cannot call webhook " + shown() + ": it answered " + status + " (expected 200 to 299)");
        }
    }

    private int send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (HttpTimeoutException e) {
            throw new IOException(
                    "Cannot call webhook " + shown() + ": no answer within " + timeout.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw new IOException("Cannot call webhook " + shown() + ": no server answers there", e);
        } catch (IOException e) {
            throw new IOException("Cannot call webhook " + shown() + ": " + e.getMessage(), e);
        }
    }

    /** Without the query and the password, which may be secrets. */
    private String shown() {
        int port = address.getPort();
        return address.getScheme() + "://" + address.getHost() + (port < 0 ? "" : ":" + port) + "/…";
    }

    /** {@code FIRESTEEL_RUN_ID} is {@code X-Firesteel-Run-Id}. */
    private static String header(String variable) {
        StringBuilder header = new StringBuilder("X");
        for (String word : variable.split("_", -1)) {
            header.append('-').append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return header.toString();
    }
}
