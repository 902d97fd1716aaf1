package dev.kontor.notifications.telegram;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountOverview;
import dev.kontor.accounts.AccountOverview.Standing;
import dev.kontor.accounts.AccountOverview.State;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.ConnectAccount;
import dev.kontor.accounts.Enrolment;
import dev.kontor.accounts.Enrolment.Confirmation;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.Talk;

/** Connects an account: the link and the code come into the chat, and word when the seller has confirmed. Keys never do. */
@WithBot
class ConnectSteps implements Step.Source {

    private static final int LONGEST_NAME = 100;

    private final Enrolment enrolment;
    private final Marketplaces marketplaces;
    private final Accounts accounts;
    private final AccountOverview overview;
    private final Chats chats;
    private final Outbox outbox;
    private final JdbcClient jdbc;

    ConnectSteps(
            Enrolment enrolment,
            Marketplaces marketplaces,
            Accounts accounts,
            AccountOverview overview,
            Chats chats,
            Outbox outbox,
            JdbcClient jdbc) {
        this.enrolment = enrolment;
        this.marketplaces = marketplaces;
        this.accounts = accounts;
        this.overview = overview;
        this.chats = chats;
        this.outbox = outbox;
        this.jdbc = jdbc;
    }

    @Override
    public List<Step> steps() {
        return List.of(Step.changing("/connect", this::connect));
    }

    private List<Reply> connect(Request request) {
        var talk = request.talk();
        var parts = request.words().split("\\s+", 2);
        if (parts.length < 2) {
            return List.of(new Reply.Say(talk.say("connect.usage", codes())));
        }
        var code = parts[0].toLowerCase(Locale.ROOT);
        var found = marketplaces.all().stream()
                .filter(one -> one.code().value().equals(code))
                .findFirst();
        if (found.isEmpty()) {
            return List.of(new Reply.Say(talk.say("connect.unknown", parts[0], codes())));
        }
        if (!byCode(found.get())) {
            return List.of(new Reply.Say(talk.say("connect.keys", code)));
        }
        if (parts[1].length() > LONGEST_NAME) {
            return List.of(new Reply.Say(talk.say("connect.name", LONGEST_NAME)));
        }
        var wish = new ConnectAccount(
                parts[1],
                found.get().code(),
                request.caller().id(),
                request.key() + "/" + request.incoming().chat());
        return List.of(
                switch (enrolment.connect(wish)) {
                    case Outcome.Begun(var account, var confirmation) -> begun(request, account, confirmation);
                    case Outcome.Unreachable(var reason, var _) -> failed(talk, reason);
                    case Outcome.Declined(var reason) -> failed(talk, reason);
                    case Outcome.Refused(var reason) -> failed(talk, reason);
                    case Outcome.UnknownMarketplace _ -> new Reply.Say(talk.say("connect.unknown", code, codes()));
                    case Outcome.KeyReused() -> new Reply.Say(talk.say("failed"));
                });
    }

    private static Reply failed(Talk talk, String reason) {
        return new Reply.Say(talk.say("connect.failed", reason));
    }

    /** Those of which a seller confirms a code. */
    private String codes() {
        return marketplaces.all().stream()
                .filter(ConnectSteps::byCode)
                .map(one -> one.code().value())
                .collect(Collectors.joining(", "));
    }

    private static boolean byCode(Marketplace marketplace) {
        return marketplace.authorization(DeviceAuthorization.class).isPresent();
    }

    private Reply begun(Request request, AccountId account, @Nullable Confirmation confirmation) {
        var talk = request.talk();
        jdbc.sql("""
                        insert into notifications.telegram_connecting (account, chat) values (?, ?) on conflict do nothing""").params(account.value(), request.chat().id()).update();
        if (confirmation == null) {
            return new Reply.Say(talk.say("connect.done", name(account)));
        }
        return new Reply.Say(
                talk.say("connect.confirm", name(account), confirmation.userCode(), confirmation.expiresAt()),
                List.of(List.of(Button.open(
                        talk.plain("button.open"), confirmation.link().toString()))));
    }

    private String name(AccountId account) {
        return accounts.find(account).map(AccountView::name).orElse("?");
    }

    /** Where somebody waits for it. */
    @ApplicationModuleListener
    void on(AccountActivated event) {
        tell(event.account(), "connect.done", "connected");
    }

    /** Nobody tells of what was refused, or not confirmed in time. Looked for once a minute. */
    @Transactional
    public void look() {
        var waiting = jdbc.sql("select distinct account from notifications.telegram_connecting")
                .query((row, _) -> new AccountId(row.getObject("account", UUID.class)))
                .list();
        if (waiting.isEmpty()) {
            return;
        }
        var states = overview.all().stream().collect(Collectors.toMap(Standing::id, Standing::state));
        for (var account : waiting) {
            if (states.getOrDefault(account, State.REFUSED) == State.REFUSED) {
                tell(account, "connect.refused", "not-connected");
            }
        }
    }

    private void tell(AccountId account, String what, String key) {
        var waiting = jdbc.sql("delete from notifications.telegram_connecting where account = ? returning chat")
                .param(account.value())
                .query((row, _) -> row.getObject("chat", UUID.class))
                .list();
        for (var id : waiting) {
            chats.find(id)
                    .ifPresent(chat -> outbox.say(
                            key + "/" + account + "/" + id,
                            chat.chat(),
                            new Outgoing.Message(chat.talk().say(what, name(account)), List.of(), false)));
        }
    }
}
