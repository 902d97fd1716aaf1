package dev.kontor.notifications.alerts;

import org.springframework.stereotype.Component;

/** Sees what time has done to alerts, as a job does every few seconds. */
@Component
public class PatienceRobot {

    private final Patience patience;

    PatienceRobot(Patience patience) {
        this.patience = patience;
    }

    public void look() {
        patience.look();
    }
}
