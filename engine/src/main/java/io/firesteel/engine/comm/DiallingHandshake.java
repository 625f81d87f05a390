package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;

/** The dialling side. */
final class DiallingHandshake extends Handshake {
    private final Credentials credentials;
    private final int acceptor;
    private final byte[] hello;
    private byte[] expectedWelcome;

    DiallingHandshake(SocketChannel channel, Credentials credentials, int acceptor) {
        super(channel);
        this.credentials = credentials;
        this.acceptor = acceptor;
        hello = credentials.hello(acceptor);
        send(hello);
        await(CHALLENGE_BYTES);
    }

    @Override
    void onMessage(byte[] message) throws Fault {
        byte[] content = open(message);
        if (expectedWelcome == null) {
            expectedWelcome = credentials.proof(Credentials.Role.ACCEPTOR, hello, content);
            send(credentials.proof(Credentials.Role.DIALLER, hello, content));
            await(WELCOME_BYTES);
            return;
        }
        if (!MessageDigest.isEqual(content, expectedWelcome)) {
            throw refused("cannot prove that it knows the secret of the run");
        }
        finish();
    }

    private byte[] open(byte[] message) throws Fault {
        ByteBuffer fields = ByteBuffer.wrap(message);
        if (fields.getInt() != ANSWER_MAGIC) {
            throw refused("answered the handshake with bytes that are not one: something else listens there");
        }
        Refusal refusal = Refusal.ofCode(fields.getInt());
        if (refusal != Refusal.NONE) {
            throw refused("refused the connection because " + refusal.why());
        }
        byte[] content = new byte[fields.remaining()];
        fields.get(content);
        return content;
    }

    private Fault refused(String why) {
        return new Fault(CommunicationException.Kind.AUTHENTICATION, acceptor, why);
    }
}
