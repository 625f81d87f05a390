package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a rank says about itself and how it proves that it knows the secret.
 *
 * <p>A proof is the HMAC-SHA256 of the prover's role, the whole hello (run, attempt, both ranks, layout of vectors,
 * the dialler's nonce) and the acceptor's nonce. Both nonces are fresh in every handshake, so a recorded proof is worth
 * nothing later; the role keeps one side's proof from being sent back to it as the other's.
 */
final class Credentials {
    static final int NONCE_BYTES = 32;
    static final int PROOF_BYTES = 32;
    static final int HELLO_BYTES = 7 * Integer.BYTES + 32 + NONCE_BYTES;

    /** Whose proof it is. */
    enum Role {
        DIALLER,
        ACCEPTOR
    }

    /** "FSH" and the version of the handshake. */
    private static final int HELLO_MAGIC = 0x46534801;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Group group;
    private final byte[] runDigest;

    Credentials(Group group) {
        this.group = group;
        try {
            runDigest =
                    MessageDigest.getInstance("SHA-256").digest(group.runId().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot connect ranks: this Java lacks SHA-256", e);
        }
    }

    byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    /** The first message of this rank to the rank that it dials; contains a fresh nonce. */
    byte[] hello(int acceptor) {
        ByteBuffer hello = ByteBuffer.allocate(HELLO_BYTES).putInt(HELLO_MAGIC);
        hello.putInt(group.attempt())
                .putInt(group.worldSize())
                .putInt(group.rank())
                .putInt(acceptor);
        hello.putInt(group.options().chunkBytes()).putInt(group.options().smallVectorBytes());
        return hello.put(runDigest).put(nonce()).array();
    }

    /** True if the bytes are a hello at all: only then is its sender worth an answer. */
    static boolean isHello(byte[] hello) {
        return ByteBuffer.wrap(hello).getInt() == HELLO_MAGIC;
    }

    static int diallerOf(byte[] hello) {
        return ByteBuffer.wrap(hello).getInt(3 * Integer.BYTES);
    }

    /** Whether the hello fits this rank's group. */
    Refusal judge(byte[] hello) {
        ByteBuffer fields = ByteBuffer.wrap(hello).position(Integer.BYTES);
        int attempt = fields.getInt();
        int world = fields.getInt();
        int dialler = fields.getInt();
        int acceptor = fields.getInt();
        int chunkBytes = fields.getInt();
        int smallVectorBytes = fields.getInt();
        byte[] digest = new byte[runDigest.length];
        fields.get(digest);
        if (!MessageDigest.isEqual(digest, runDigest)) {
            return Refusal.RUN;
        }
        if (attempt != group.attempt()) {
            return Refusal.ATTEMPT;
        }
        if (world != group.worldSize() || acceptor != group.rank() || dialler <= group.rank() || dialler >= world) {
            return Refusal.RANK;
        }
        boolean sameLayout = chunkBytes == group.options().chunkBytes()
                && smallVectorBytes == group.options().smallVectorBytes();
        return sameLayout ? Refusal.NONE : Refusal.OPTIONS;
    }

    byte[] proof(Role role, byte[] hello, byte[] acceptorNonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(group.secret().bytes(), "HmacSHA256"));
            mac.update(("firesteel-comm 1 " + role + " ").getBytes(StandardCharsets.US_ASCII));
            mac.update(hello);
            return mac.doFinal(acceptorNonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot connect ranks: this Java lacks HmacSHA256", e);
        }
    }
}
