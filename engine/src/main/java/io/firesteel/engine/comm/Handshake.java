package io.firesteel.engine.comm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One side of the mutual authentication of a new connection, four messages of fixed size:
 *
 * <pre>
 *   dialler  → acceptor   hello:     who I am, whom I want, my nonce
 *   acceptor → dialler    challenge: welcome or why not, my nonce
 *   dialler  → acceptor   proof:     MAC over hello and both nonces, as dialler
 *   acceptor → dialler    welcome:   welcome or why not, whether it has joined the memory, MAC over both, as acceptor
 * </pre>
 *
 * The dialler proves itself first, so a stranger never gets a MAC to work on. Exactly the bytes of the next
 * message are read, never more. Moves as far as the socket allows and never blocks on a non-blocking channel.
 */
abstract class Handshake {
    static final int ANSWER_MAGIC = 0x46534102;
    static final int CHALLENGE_BYTES = 2 * Integer.BYTES + Credentials.NONCE_BYTES;
    static final int WELCOME_BYTES = 3 * Integer.BYTES + Credentials.PROOF_BYTES;

    private final SocketChannel channel;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private ByteBuffer in = ByteBuffer.allocate(0);
    private boolean done;

    Handshake(SocketChannel channel) {
        this.channel = channel;
    }

    final SocketChannel channel() {
        return channel;
    }

    /**
     * Sends and reads what is possible now; true once the peer is authenticated and knows that this side is.
     *
     * @throws IOException if the connection broke or the peer must be given up without an answer
     * @throws Fault if the peer refused this rank, or isn't what it claims to be
     */
    final boolean advance() throws IOException, Fault {
        while (true) {
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    return false;
                }
            }
            if (done) {
                return true;
            }
            while (in.hasRemaining()) {
                int count = channel.read(in);
                if (count < 0) {
                    throw new EOFException("the connection was closed during the handshake");
                }
                if (count == 0) {
                    return false;
                }
            }
            onMessage(in.array());
        }
    }

    /** What to wait for before {@link #advance()} can go on. */
    final int interest() {
        return out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    }

    /** The connection, once {@link #advance()} has said so. */
    abstract Link link();

    /** Leaves nothing behind but the channel, however the handshake ended. */
    abstract void close();

    /** Takes the message that was awaited; sends, awaits or finishes. */
    abstract void onMessage(byte[] message) throws IOException, Fault;

    final void send(byte[] message) {
        out = ByteBuffer.wrap(message);
    }

    final void await(int bytes) {
        in = ByteBuffer.allocate(bytes);
    }

    /** The handshake is over as soon as what was sent has gone out. */
    final void finish() {
        done = true;
    }

    static byte[] answer(Refusal refusal, byte[] content) {
        return ByteBuffer.allocate(2 * Integer.BYTES + content.length)
                .putInt(ANSWER_MAGIC)
                .putInt(refusal.code())
                .put(content)
                .array();
    }
}
