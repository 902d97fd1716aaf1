package dev.kontor.notifications.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that says one thing to each recipient, and to none of its callers goodbye. */
final class ScriptedSmtp implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final AtomicInteger recipients = new AtomicInteger();
    private final String toRecipients;

    ScriptedSmtp(String toRecipients) throws IOException {
        this.toRecipients = toRecipients;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    int recipients() {
        return recipients.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var caller = socket.accept();
                    var in = new BufferedReader(
                            new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
                answer(caller, "220 ready");
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.equals("DATA")) {
                        answer(caller, "354 go on");
                        read(in);
                    }
                    if (!line.equals("QUIT")) {
                        answer(caller, to(line));
                    }
                }
            } catch (IOException e) {
                // the caller has left
            }
        }
    }

    private String to(String line) {
        if (line.startsWith("RCPT")) {
            recipients.incrementAndGet();
            return toRecipients;
        }
        return "250 ok";
    }

    private static void read(BufferedReader in) throws IOException {
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            // the next one
        }
    }

    private static void answer(Socket caller, String line) throws IOException {
        caller.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
