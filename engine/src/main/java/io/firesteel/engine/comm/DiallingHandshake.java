package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The dialling side. It makes the shared memory once the acceptor has answered, and takes its name away when the handshake is
 * over: a process that is killed while it waits for the answer leaves no file.
 */
final class DiallingHandshake extends Handshake {
    private final Credentials credentials;
    private final int acceptor;
    private final byte[] nonce;
    private final byte[] hello;
    private Optional<SharedMemory> offer = Optional.empty();
    private byte[] acceptorNonce;
    private boolean joined;

    /** Of a connection to the acceptor, which may share the machine or not. */
    DiallingHandshake(SocketChannel channel, Credentials credentials, int acceptor) {
        super(channel);
        this.credentials = credentials;
        this.acceptor = acceptor;
        nonce = credentials.nonce();
        hello = credentials.hello(acceptor, nonce, credentials.ringBytes(acceptor));
        send(hello);
        await(CHALLENGE_BYTES);
    }

    @Override
    void onMessage(byte[] message) throws Fault {
        ByteBuffer content = open(message);
        if (acceptorNonce == null) {
            acceptorNonce = new byte[content.remaining()];
            content.get(acceptorNonce);
            offer = credentials.offerMemory(acceptor, nonce);
            send(credentials.proof(Credentials.Role.DIALLER, hello, acceptorNonce, 0));
            await(WELCOME_BYTES);
            return;
        }
        onWelcome(content.getInt(), content);
        finish();
    }

    private void onWelcome(int verdict, ByteBuffer content) throws Fault {
        byte[] proof = new byte[content.remaining()];
        content.get(proof);
        byte[] expected = credentials.proof(Credentials.Role.ACCEPTOR, hello, acceptorNonce, verdict);
        if (!MessageDigest.isEqual(proof, expected)) {
            throw refused("cannot prove that it knows the secret of the run");
        }
        joined = verdict != 0;
    }

    @Override
    Link link() {
        SessionKeys keys = credentials.keys(Credentials.Role.DIALLER, hello, acceptorNonce);
        return new Link(acceptor, channel(), joined ? offer : Optional.empty(), keys);
    }

    @Override
    void close() {
        if (offer.isPresent()) {
            try {
                offer.get().unlink();
            } catch (IOException e) {
                // A file of some hundred kilobytes stays in memory, which is no reason to end the run.
                return;
            }
        }
    }

    private ByteBuffer open(byte[] message) throws Fault {
        ByteBuffer fields = ByteBuffer.wrap(message);
        if (fields.getInt() != ANSWER_MAGIC) {
            throw refused("answered the handshake with bytes that are not one: something else listens there");
        }
        Refusal refusal = Refusal.ofCode(fields.getInt());
        if (refusal != Refusal.NONE) {
            throw refused("refused the connection because " + refusal.why());
        }
        return fields;
    }

    private Fault refused(String why) {
        return new Fault(CommunicationException.Kind.AUTHENTICATION, acceptor, why);
    }
}
