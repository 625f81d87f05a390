package io.firesteel.engine.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of several shards as bytes: the number of shards; per shard its number and the number of its states; per state
 * its name (modified UTF-8), its length and its own, versioned bytes. Numbers are big-endian.
 */
final class ShardStatesBytes {
    private ShardStatesBytes() {}

    static byte[] toBytes(List<ShardStates> shards) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(shards.size());
            for (ShardStates shard : shards) {
                write(shard, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<ShardStates> fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<ShardStates> shards = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                shards.add(read(in));
            }
            return shards;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the states of shards: they are cut short", e);
        }
    }

    private static void write(ShardStates shard, DataOutputStream out) throws IOException {
        out.writeInt(shard.shard());
        out.writeInt(shard.states().size());
        for (Map.Entry<String, byte[]> state : shard.states().entrySet()) {
            out.writeUTF(state.getKey());
            out.writeInt(state.getValue().length);
            out.write(state.getValue());
        }
    }

    private static ShardStates read(DataInputStream in) throws IOException {
        int shard = in.readInt();
        Map<String, byte[]> states = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            byte[] state = new byte[in.readInt()];
            in.readFully(state);
            states.put(name, state);
        }
        return new ShardStates(shard, states);
    }
}
