package dev.kontor.notifications.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.kontor.accounts.AccountOverview;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.telegram.Reply.Button;

/** Tells how the accounts and Kontor as a whole stand. */
@WithBot
class OverviewSteps implements Step.Source {

    private static final int MOST = 5;

    private final AccountOverview accounts;
    private final Standings standings;
    private final Cards cards;

    OverviewSteps(AccountOverview accounts, Standings standings, Cards cards) {
        this.accounts = accounts;
        this.standings = standings;
        this.cards = cards;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.looking("/accounts", this::accounts),
                Step.looking("/health", request -> List.of(health(request))),
                Step.looking("health", request -> List.of(health(request))));
    }

    private List<Reply> accounts(Request request) {
        var talk = request.talk();
        var lines = accounts.all().stream()
                .map(account -> talk.say(
                        "account.line",
                        account.name(),
                        account.marketplace().value(),
                        talk.word("account.state", account.state().name())))
                .collect(Collectors.joining("\n"));
        return List.of(
                new Reply.Say(lines.isEmpty() ? talk.say("accounts.none") : talk.say("accounts.title") + "\n" + lines));
    }

    private Reply health(Request request) {
        var talk = request.talk();
        var lines = new ArrayList<>(List.of(talk.say("health.title")));
        lines.addAll(standings.lines(talk));
        var open = standings.open();
        if (open.isEmpty()) {
            lines.add(talk.say("alerts.none"));
        } else {
            lines.add(talk.say("health.alerts", open.size()));
            open.stream().limit(MOST).forEach(alert -> lines.add(cards.line(talk, alert)));
        }
        var refresh = Button.of(talk.plain("button.refresh"), "health", "");
        boolean worrying = open.stream().anyMatch(alert -> alert.severity() != Severity.INFO);
        var buttons = worrying
                ? List.of(refresh, Button.of(talk.plain("button.alerts"), "alerts.page", ""))
                : List.of(refresh);
        return new Reply.Show(String.join("\n", lines), List.of(buttons));
    }
}
