package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.List;

/**
 * The connections of a rank to all its peers and the selector they are registered with.
 *
 * @param peers one for each other rank
 * @param selector waits for any of them
 */
record Connections(List<PeerChannel> peers, Selector selector) implements Closeable {
    Connections {
        peers = List.copyOf(peers);
    }

    /** How far the frames to and from the peer have come, followed by a comma; empty without a peer. */
    String progressWith(int peer) {
        for (PeerChannel channel : peers) {
            if (channel.rank() == peer) {
                return channel.progress() + ", ";
            }
        }
        return "";
    }

    /** Channels first: a registered channel gives its descriptor back only when its selector closes. */
    @Override
    public void close() {
        peers.forEach(Connections::closeQuietly);
        closeQuietly(selector);
    }

    /** For resources that are given up: nothing that closing them could report matters any more. */
    static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // The descriptor is released all the same.
        }
    }
}
