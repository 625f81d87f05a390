package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys under {@code hooks}. */
final class HooksSection {
    private static final Key<List<String>> COMMAND =
            Key.optional("command", CollectionTypes.listOf(ScalarTypes.text(), 1, "strings"));
    static final Key<String> WEBHOOK = Key.optional(
            "webhook",
            ScalarTypes.text(Pattern.compile("https?://\\S+"), "an address that begins with http:// or https://"));
    static final Key<Duration> TIMEOUT = Key.withDefault("timeout", ScalarTypes.seconds(), "30");
    private static final Schema OF_HOOK = Schema.of(COMMAND, WEBHOOK, TIMEOUT);
    private static final ValueType<HookConfig> HOOK =
            ValueType.section(HooksSection::hook, HooksSection::write, List.of(OF_HOOK));
    private static final Key<HookConfig> ON_SUCCESS = Key.optional("onSuccess", HOOK);
    private static final Key<HookConfig> ON_FAILURE = Key.optional("onFailure", HOOK);
    private static final Schema SCHEMA = Schema.of(ON_SUCCESS, ON_FAILURE);
    static final ValueType<HooksConfig> TYPE =
            ValueType.section(HooksSection::read, HooksSection::write, List.of(SCHEMA));

    private HooksSection() {}

    private static Optional<HooksConfig> read(Section section) {
        Optional<HookConfig> onSuccess = section.find(ON_SUCCESS);
        Optional<HookConfig> onFailure = section.find(ON_FAILURE);
        return section.build(SCHEMA, () -> new HooksConfig(onSuccess, onFailure));
    }

    private static Optional<HookConfig> hook(Section section) {
        section.requireOne(COMMAND, WEBHOOK);
        List<String> command = section.find(COMMAND).orElse(List.of());
        Optional<String> webhook = section.find(WEBHOOK);
        Duration timeout = section.read(TIMEOUT);
        return section.build(OF_HOOK, () -> new HookConfig(command, webhook, timeout));
    }

    private static Map<String, Object> write(HooksConfig hooks) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        ON_SUCCESS.write(hooks.onSuccess(), mapping);
        ON_FAILURE.write(hooks.onFailure(), mapping);
        return mapping;
    }

    private static Map<String, Object> write(HookConfig hook) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        COMMAND.write(Optional.of(hook.command()).filter(list -> !list.isEmpty()), mapping);
        WEBHOOK.write(hook.webhook(), mapping);
        TIMEOUT.write(hook.timeout(), mapping);
        return mapping;
    }
}
