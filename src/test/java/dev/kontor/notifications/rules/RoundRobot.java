package dev.kontor.notifications.rules;

import java.util.List;

import org.springframework.stereotype.Component;

/** Looks as the rules do every minute. */
@Component
public class RoundRobot {

    private final List<Round> rounds;

    RoundRobot(List<Round> rounds) {
        this.rounds = rounds;
    }

    public void look() {
        rounds.forEach(Round::look);
    }
}
