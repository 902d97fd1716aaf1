package dev.kontor;

import org.springframework.boot.web.server.PortInUseException;

/** Somebody else listens where Kontor should. */
class OccupiedPort extends SentenceAnalyzer<PortInUseException> {

    @Override
    String sentence(Throwable rootFailure, PortInUseException cause) {
        return "KONTOR_PORT: another program listens on port " + cause.getPort() + "; stop it or choose another port.";
    }
}
