package dev.kontor.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;

import dev.kontor.HttpCaller;
import dev.kontor.SettableClock;

/** A Kontor whose time a test sets, and who knocks at it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class AccessFixture {

    @TestBean
    protected Clock clock;

    static Clock clock() {
        return new SettableClock(Instant.now().truncatedTo(ChronoUnit.HOURS));
    }

    @LocalServerPort
    protected int port;

    @Value("${kontor.data}")
    protected String data;

    @Autowired
    protected JdbcClient jdbc;

    protected void advance(Duration duration) {
        ((SettableClock) clock).advance(duration);
    }

    protected HttpCaller nobody() {
        return HttpCaller.nobody(port);
    }

    /** Logged in anew: what was issued before may have aged. */
    protected HttpCaller loggedInAdministrator() {
        return nobody().login("administrator", GeneratedPassword.in(data).read());
    }
}
