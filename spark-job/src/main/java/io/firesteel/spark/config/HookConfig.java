package io.firesteel.spark.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A command or a webhook.
 *
 * @param command a program and its arguments, which no shell reads; empty where there is a webhook
 * @param webhook address that the verdict is posted to
 * @param timeout after which it is given up
 */
public record HookConfig(List<String> command, Optional<String> webhook, Duration timeout) {
    public HookConfig {
        command = List.copyOf(command);
        HooksSection.TIMEOUT.check(timeout);
        HooksSection.WEBHOOK.check(webhook);
        if (command.isEmpty() == webhook.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid hook: " + (command.isEmpty() ? "nothing to call" : "two things to call")
                            + " (must have command or webhook)");
        }
        webhook.filter(address -> address.contains(SecretOptions.REDACTED)).ifPresent(address -> {
            throw new RuleViolation(
                    "webhook", address + " (must be given again where a saved job is run, as ${env.NAME})");
        });
    }
}
