package dev.kontor.notifications.telegram;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chat.Chat;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberUpdated;
import org.telegram.telegrambots.meta.api.objects.message.Message;

import dev.kontor.notifications.telegram.Incoming.Kind;

/** Takes out of an update what Kontor acts on. */
final class UpdateReading {

    private static final Set<String> OUT = Set.of("kicked", "left");

    /** What no database keeps; nobody writes it who means something. */
    private static final Pattern UNWRITABLE = Pattern.compile("[\\x00\\p{Cs}]");

    private UpdateReading() {}

    static Incoming read(Update update) {
        long id = update.getUpdateId();
        var message = update.getMessage();
        if (message != null) {
            return message(id, message);
        }
        var press = update.getCallbackQuery();
        if (press != null) {
            return press(id, press);
        }
        var member = update.getMyChatMember();
        if (member != null) {
            return member(id, member);
        }
        return Incoming.other(id);
    }

    private static Incoming message(long id, Message message) {
        var movedTo = message.getMigrateToChatId();
        var text = message.getText();
        var kind = movedTo != null ? Kind.MOVED : text == null || anonymous(message) ? Kind.OTHER : Kind.MESSAGE;
        return incoming(
                id,
                kind,
                message.getChat(),
                message.getFrom(),
                text == null ? "" : text,
                null,
                message.getMessageId(),
                movedTo == null ? 0 : movedTo);
    }

    /** Who writes as a channel or as the group is nobody in particular. */
    private static boolean anonymous(Message message) {
        return message.getFrom() == null
                || message.getSenderChat() != null
                || message.getFrom().getIsBot();
    }

    private static Incoming press(long id, CallbackQuery press) {
        var message = press.getMessage();
        if (message == null || press.getData() == null) {
            return Incoming.other(id);
        }
        return incoming(
                id,
                Kind.PRESS,
                message.getChat(),
                press.getFrom(),
                press.getData(),
                press.getId(),
                message.getMessageId(),
                0);
    }

    private static Incoming member(long id, ChatMemberUpdated member) {
        var status = member.getNewChatMember() == null
                ? ""
                : member.getNewChatMember().getStatus();
        var kind = OUT.contains(status) ? Kind.GONE : Kind.OTHER;
        return incoming(id, kind, member.getChat(), member.getFrom(), "", null, 0, 0);
    }

    private static Incoming incoming(
            long id,
            Kind kind,
            Chat chat,
            @Nullable User from,
            String text,
            @Nullable String press,
            Integer message,
            long movedTo) {
        return new Incoming(
                id,
                kind,
                chat.getId(),
                !"private".equals(chat.getType()),
                from == null ? 0 : from.getId(),
                from == null ? null : from.getLanguageCode(),
                UNWRITABLE.matcher(text).replaceAll(""),
                press,
                message == null ? 0 : message,
                movedTo);
    }
}
