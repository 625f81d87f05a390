package io.firesteel.spark.retrain;

import io.firesteel.spark.config.HookConfig;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls hooks: one that fails is a warning, and changes nothing. */
final class HookCalls {
    private static final Logger LOG = LoggerFactory.getLogger(HookCalls.class);

    private final Consumer<String> warnings;

    HookCalls(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    void call(Optional<HookConfig> config, HookEvent event) {
        if (config.isEmpty()) {
            return;
        }
        try {
            hook(config.get()).call(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            warn("Cannot wait for the hook: interrupted", e);
        } catch (IOException | IllegalArgumentException e) {
            warn(e.getMessage(), e);
        }
    }

    private void warn(String text, Exception e) {
        LOG.warn("{}", text, e);
        warnings.accept(text);
    }

    private static Hook hook(HookConfig config) {
        return config.webhook()
                .<Hook>map(address -> new WebhookHook(URI.create(address), config.timeout()))
                .orElseGet(() -> new CommandHook(config.command(), config.timeout()));
    }
}
