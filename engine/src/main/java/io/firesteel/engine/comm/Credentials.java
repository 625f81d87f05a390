package io.firesteel.engine.comm;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a rank says about itself and how it proves that it knows the secret.
 *
 * <p>A proof is the HMAC-SHA256 of the prover's role, the whole hello (run, attempt, both ranks, layout of vectors, sealing,
 * the dialler's nonce) and the acceptor's nonce. The connection's keys are made in the same way, for another purpose. Both nonces are fresh in every handshake, so a recorded proof is worth
 * nothing later; the role keeps one side's proof from being sent back to it as the other's.
 */
final class Credentials {
    static final int NONCE_BYTES = 32;
    static final int PROOF_BYTES = 32;
    static final int HELLO_BYTES = 9 * Integer.BYTES + 32 + NONCE_BYTES;

    /** Whose proof it is. */
    enum Role {
        DIALLER,
        ACCEPTOR
    }

    /** "FSH" and the version of the handshake. */
    private static final int HELLO_MAGIC = 0x46534802;

    /** Where Linux has files in memory. */
    static final Path MEMORY = Path.of("/dev/shm");

    private static final int RING_BYTES_AT = 8 * Integer.BYTES;
    private static final int MEMORY_NAME_BYTES = 16;

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

    /**
     * The first message of this rank to the rank that it dials.
     *
     * @param nonce fresh
     * @param ringBytes of the shared memory that it will offer; 0 for none
     */
    byte[] hello(int acceptor, byte[] nonce, int ringBytes) {
        ByteBuffer hello = ByteBuffer.allocate(HELLO_BYTES).putInt(HELLO_MAGIC);
        hello.putInt(group.attempt())
                .putInt(group.worldSize())
                .putInt(group.rank())
                .putInt(acceptor);
        hello.putInt(group.options().chunkBytes()).putInt(group.options().smallVectorBytes());
        hello.putInt(policy()).putInt(ringBytes);
        return hello.put(runDigest).put(nonce).array();
    }

    /** How vectors are summed and sealed. */
    private int policy() {
        return group.options().algorithm().code() << Byte.SIZE
                | group.options().sealing().code();
    }

    /** Size of the rings to share with a peer on this machine; 0 for others. */
    int ringBytes(int acceptor) {
        boolean together = address(acceptor).equals(address(group.rank())) && SharedMemory.available(MEMORY);
        return together ? group.options().sharedMemoryBytes() : 0;
    }

    /** New memory for a peer on this machine; none for others, or where this machine can't spare it. */
    Optional<SharedMemory> offerMemory(int acceptor, byte[] nonce) {
        int ringBytes = ringBytes(acceptor);
        if (ringBytes == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(SharedMemory.create(MEMORY.resolve(memoryName(nonce)), ringBytes));
        } catch (IOException e) {
            // The socket does as well, slower.
            return Optional.empty();
        }
    }

    private InetAddress address(int rank) {
        return group.members().get(rank).address().getAddress();
    }

    /** The memory that an authenticated dialler offers, if it can be seen from here. */
    Optional<SharedMemory> joinMemory(byte[] hello) {
        int ringBytes = ringBytesOf(hello);
        if (group.options().sharedMemoryBytes() == 0 || ringBytes == 0) {
            return Optional.empty();
        }
        return SharedMemory.join(MEMORY.resolve(memoryName(nonceOf(hello))), ringBytes);
    }

    /** Name of the file that a dialler makes; a guess of it takes the secret. */
    private String memoryName(byte[] nonce) {
        byte[] name = mac("memory", nonce);
        return "firesteel-" + HexFormat.of().formatHex(name, 0, MEMORY_NAME_BYTES);
    }

    private static byte[] nonceOf(byte[] hello) {
        return Arrays.copyOfRange(hello, HELLO_BYTES - NONCE_BYTES, HELLO_BYTES);
    }

    /** Size of the rings that the dialler offers, 0 if it offers none. */
    private static int ringBytesOf(byte[] hello) {
        return ByteBuffer.wrap(hello).getInt(RING_BYTES_AT);
    }

    /** The keys of the connection that this handshake opens, as seen by the role. */
    SessionKeys keys(Role role, byte[] hello, byte[] acceptorNonce) {
        byte[] dialler = mac("key of " + Role.DIALLER, hello, acceptorNonce);
        byte[] acceptor = mac("key of " + Role.ACCEPTOR, hello, acceptorNonce);
        return role == Role.DIALLER ? new SessionKeys(dialler, acceptor) : new SessionKeys(acceptor, dialler);
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
        int policy = fields.getInt();
        fields.getInt();
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
                && smallVectorBytes == group.options().smallVectorBytes()
                && policy == policy();
        return sameLayout ? Refusal.NONE : Refusal.OPTIONS;
    }

    /**
     * What only one that knows the secret can say.
     *
     * @param verdict what else the prover says with it
     */
    byte[] proof(Role role, byte[] hello, byte[] acceptorNonce, int verdict) {
        byte[] said = ByteBuffer.allocate(Integer.BYTES).putInt(verdict).array();
        return mac("proof of " + role, hello, acceptorNonce, said);
    }

    /** All parts but the purpose have fixed sizes, so nothing can be read as part of its neighbour. */
    private byte[] mac(String purpose, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(group.secret().bytes(), "HmacSHA256"));
            mac.update(("firesteel-comm 2 " + purpose + " ").getBytes(StandardCharsets.US_ASCII));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot connect ranks: this Java lacks HmacSHA256", e);
        }
    }
}
