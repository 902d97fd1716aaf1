package dev.kontor;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a process that takes its time to listen there. */
public final class FreePort {

    /** Below what systems give to whoever asks for any, or for a way out: nobody gets it meanwhile by chance. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;

    private FreePort() {}

    public static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody has it
            }
        }
    }
}
