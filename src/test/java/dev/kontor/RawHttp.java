package dev.kontor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no client library would send. */
public final class RawHttp {

    private RawHttp() {}

    /** The whole answer as text; empty where the connection was closed without one. */
    public static String send(int port, String request) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            write(socket, request);
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server may answer and hang up before it has read all. */
    private static void write(Socket socket, String request) throws IOException {
        try {
            var out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
        } catch (SocketException e) {
            // the answer tells
        }
    }

    private static String read(InputStream in) throws IOException {
        var answer = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.append((char) next);
            }
        } catch (SocketException e) {
            // reset behind the answer
        }
        return answer.toString();
    }
}
