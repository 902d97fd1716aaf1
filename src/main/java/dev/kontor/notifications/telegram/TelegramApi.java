package dev.kontor.notifications.telegram;

import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.methods.ParseMode;
import org.telegram.telegrambots.meta.api.methods.pinnedmessages.PinChatMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.DeleteWebhook;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import org.telegram.telegrambots.meta.generics.TelegramClient;

import okhttp3.OkHttpClient;

/** Telegram's Bot API, with answers instead of exceptions. Its errors may quote what people wrote, so they are not logged. */
@WithBot
class TelegramApi {

    private static final List<String> WANTED = List.of("message", "callback_query", "my_chat_member");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TelegramClient client;
    private final Duration poll;

    TelegramApi(TelegramProperties properties) {
        this.poll = properties.poll();
        var http = new OkHttpClient.Builder()
                .connectTimeout(10, TimeUnit.SECONDS)
                .readTimeout(poll.plus(PATIENCE))
                .callTimeout(poll.plus(PATIENCE))
                .build();
        var url = properties.url();
        this.client = new OkHttpTelegramClient(
                http,
                properties.token().strip(),
                TelegramUrl.builder()
                        .schema(url.getScheme())
                        .host(url.getHost())
                        .port(url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80)
                        .build());
    }

    /** What came of a call. */
    sealed interface Said<T> {
        record Ok<T>(T value) implements Said<T> {}

        /** Too much was said of late. */
        record Wait<T>(Duration until) implements Said<T> {}

        /** The person, or the group, does not want the bot. */
        record Blocked<T>() implements Said<T> {}

        /** The group goes on as another chat. */
        record Moved<T>(long chat) implements Said<T> {}

        /** Telegram does not know the token. */
        record Stranger<T>() implements Said<T> {}

        /** Saying it again will not help. */
        record Refused<T>(String reason) implements Said<T> {}

        record Unreachable<T>(String reason) implements Said<T> {}
    }

    private interface Call<T> {
        T make() throws TelegramApiException;
    }

    Said<List<Update>> updates(OptionalLong next) {
        var query = GetUpdates.builder()
                .timeout((int) poll.toSeconds())
                .allowedUpdates(WANTED)
                .limit(100);
        next.ifPresent(offset -> query.offset((int) offset));
        return said(() -> {
            var updates = client.execute(query.build());
            return updates == null ? new ArrayList<>() : updates;
        });
    }

    Said<Boolean> askUsInstead() {
        return said(() -> client.execute(new DeleteWebhook()));
    }

    Said<Boolean> tellUsAt(String address, String secret) {
        return said(() -> client.execute(SetWebhook.builder()
                .url(address)
                .secretToken(secret)
                .allowedUpdates(WANTED)
                .build()));
    }

    /** Of a message the answer has its number. */
    Said<Long> say(long chat, Outgoing content, byte @Nullable [] file, @Nullable Long target) {
        return switch (content) {
            case Outgoing.Message message -> said(() -> number(client.execute(message(chat, message))));
            case Outgoing.Edit edit -> edit(chat, edit, target);
            case Outgoing.Notice notice ->
                said(() -> done(client.execute(AnswerCallbackQuery.builder()
                        .callbackQueryId(notice.press())
                        .text(notice.text())
                        .showAlert(notice.loud())
                        .build())));
            case Outgoing.File named ->
                said(() -> number(client.execute(SendDocument.builder()
                        .chatId(chat)
                        .document(new InputFile(
                                new ByteArrayInputStream(file == null ? new byte[0] : file), named.name()))
                        .caption(named.caption())
                        .build())));
        };
    }

    Said<Long> pin(long chat, long message) {
        return said(() -> done(client.execute(PinChatMessage.builder()
                .chatId(chat)
                .messageId((int) message)
                .disableNotification(true)
                .build())));
    }

    private static SendMessage message(long chat, Outgoing.Message message) {
        return SendMessage.builder()
                .chatId(chat)
                .text(message.text())
                .parseMode(ParseMode.HTML)
                .disableNotification(Boolean.TRUE.equals(message.silent()))
                .linkPreviewOptions(
                        LinkPreviewOptions.builder().isDisabled(true).build())
                .replyMarkup(keyboard(message.keys()))
                .build();
    }

    private Said<Long> edit(long chat, Outgoing.Edit edit, @Nullable Long target) {
        long number = target == null ? edit.message() : target;
        if (number == 0) {
            return new Said.Refused<>("there is no such message");
        }
        var said = said(() -> done(client.execute(EditMessageText.builder()
                .chatId(chat)
                .messageId((int) number)
                .text(edit.text())
                .parseMode(ParseMode.HTML)
                .linkPreviewOptions(
                        LinkPreviewOptions.builder().isDisabled(true).build())
                .replyMarkup(keyboard(edit.keys()))
                .build())));
        return said instanceof Said.Refused<Long>(var reason) && reason.contains("message is not modified")
                ? new Said.Ok<>(number)
                : said;
    }

    private static @Nullable InlineKeyboardMarkup keyboard(List<List<Outgoing.Key>> keys) {
        if (keys.isEmpty()) {
            return null;
        }
        return InlineKeyboardMarkup.builder()
                .keyboard(keys.stream()
                        .map(row -> new InlineKeyboardRow(
                                row.stream().map(TelegramApi::button).toList()))
                        .toList())
                .build();
    }

    private static InlineKeyboardButton button(Outgoing.Key key) {
        var button = InlineKeyboardButton.builder().text(key.label());
        return (key.link() == null ? button.callbackData(key.data()) : button.url(key.link())).build();
    }

    /** A server that is not Telegram's own may leave out what it has sent. */
    private static Long number(@Nullable Message message) {
        return message == null || message.getMessageId() == null ? 0L : message.getMessageId();
    }

    private static Long done(@Nullable Serializable ignored) {
        return 0L;
    }

    private static <T> Said<T> said(Call<T> call) {
        try {
            return new Said.Ok<>(call.make());
        } catch (TelegramApiRequestException e) {
            return refused(e);
        } catch (TelegramApiException | RuntimeException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            return new Said.Unreachable<>(
                    cause.getClass().getSimpleName()); // its message may have the address, and so the token
        }
    }

    private static <T> Said<T> refused(TelegramApiRequestException e) {
        var code = e.getErrorCode();
        var parameters = e.getParameters();
        if (parameters != null && parameters.getMigrateToChatId() != null) {
            return new Said.Moved<>(parameters.getMigrateToChatId());
        }
        if (code == null || code >= 500) {
            return new Said.Unreachable<>("error " + code);
        }
        var reason = e.getApiResponse() == null ? "" : e.getApiResponse().toLowerCase(Locale.ROOT);
        return switch (code) {
            case 429 ->
                new Said.Wait<>(Duration.ofSeconds(
                        parameters == null || parameters.getRetryAfter() == null ? 1 : parameters.getRetryAfter()));
            case 401, 404 -> new Said.Stranger<>();
            case 403 -> new Said.Blocked<>();
            case 409 -> new Said.Unreachable<>("somebody else asks for the updates of this bot, or a webhook is set");
            default ->
                reason.contains("chat not found") || reason.contains("user is deactivated")
                        ? new Said.Blocked<>()
                        : new Said.Refused<>(reason);
        };
    }
}
