package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code train.links}. */
final class LinkSection {
    private static final Key<Transport> TRANSPORT =
            Key.withDefault("transport", ScalarTypes.oneOf(List.of(Transport.values()), Transport::label), "auto");
    private static final Key<Boolean> CHECKSUM = Key.withDefault("checksum", ScalarTypes.bool(), "false");
    private static final Schema SCHEMA = Schema.of(TRANSPORT, CHECKSUM);

    static final ValueType<LinkConfig> TYPE = ValueType.section(LinkSection::read, LinkSection::write, List.of(SCHEMA));

    private LinkSection() {}

    private static Optional<LinkConfig> read(Section section) {
        Transport transport = section.read(TRANSPORT);
        Boolean checksum = section.read(CHECKSUM);
        return section.build(SCHEMA, () -> new LinkConfig(transport, checksum));
    }

    private static Map<String, Object> write(LinkConfig links) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        TRANSPORT.write(links.transport(), mapping);
        CHECKSUM.write(links.checksum(), mapping);
        return mapping;
    }
}
