package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The listening side. A stranger's failure is an IOException: it ends the connection, not the run. */
final class AcceptingHandshake extends Handshake {
    private final Credentials credentials;
    private final IntPredicate alreadyConnected;
    private byte[] hello;
    private byte[] nonce;
    private Refusal refusal = Refusal.NONE;
    private Optional<SharedMemory> memory = Optional.empty();

    AcceptingHandshake(SocketChannel channel, Credentials credentials, IntPredicate alreadyConnected) {
        super(channel);
        this.credentials = credentials;
        this.alreadyConnected = alreadyConnected;
        await(Credentials.HELLO_BYTES);
    }

    /** The rank at the other end, once the handshake is over; only then is it more than a claim. */
    int dialler() {
        return Credentials.diallerOf(hello);
    }

    /** Why the peer was turned away, once the handshake is over; NONE if it is in. */
    Refusal refusal() {
        return refusal;
    }

    @Override
    void onMessage(byte[] message) throws IOException {
        if (hello == null) {
            onHello(message);
        } else {
            onProof(message);
        }
    }

    private void onHello(byte[] message) throws IOException {
        if (!Credentials.isHello(message)) {
            throw new IOException("its first bytes are no handshake");
        }
        hello = message;
        nonce = credentials.nonce();
        reply(credentials.judge(hello), nonce);
        await(Credentials.PROOF_BYTES);
    }

    private void onProof(byte[] message) {
        if (!MessageDigest.isEqual(message, credentials.proof(Credentials.Role.DIALLER, hello, nonce, 0))) {
            reply(Refusal.PROOF, new byte[Integer.BYTES + Credentials.PROOF_BYTES]);
        } else if (alreadyConnected.test(dialler())) {
            reply(Refusal.DUPLICATE, new byte[Integer.BYTES + Credentials.PROOF_BYTES]);
        } else {
            memory = credentials.joinMemory(hello);
            reply(Refusal.NONE, welcome(memory.isPresent() ? 1 : 0));
            finish();
        }
    }

    private byte[] welcome(int verdict) {
        byte[] proof = credentials.proof(Credentials.Role.ACCEPTOR, hello, nonce, verdict);
        return ByteBuffer.allocate(Integer.BYTES + proof.length)
                .putInt(verdict)
                .put(proof)
                .array();
    }

    @Override
    Link link() {
        return new Link(dialler(), channel(), memory, credentials.keys(Credentials.Role.ACCEPTOR, hello, nonce));
    }

    @Override
    void close() {
        // The file is the dialler's.
    }

    private void reply(Refusal verdict, byte[] content) {
        refusal = verdict;
        send(answer(verdict, content));
        if (verdict != Refusal.NONE) {
            finish();
        }
    }
}
