package dev.kontor.access.users;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells the person at the console where Kontor is and, once, how to log in. It bypasses the log, because logs are kept
 * and passed on.
 */
@Component
class StartNotice {

    private final Administrator administrator;
    private final Environment environment;

    StartNotice(Administrator administrator, Environment environment) {
        this.administrator = administrator;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        var port = environment.getProperty("local.server.port");
        if (port != null) {
            System.out.printf("%n  Kontor is running at http://localhost:%s%n%s%n", port, login());
        }
    }

    private String login() {
        var file = administrator.passwordFile();
        return administrator
                .takeGeneratedPassword()
                .map(password -> """
                          user      %s
                          password  %s
                          (shown this once; also in %s, until you change it)
                        """.formatted(
                                Administrator.NAME, password, file.orElseThrow().path()))
                .or(() -> file.map(it -> """
                          user      %s
                          password  in %s, until you change it
                        """.formatted(Administrator.NAME, it.path())))
                .orElse("")
                .indent(2);
    }
}
