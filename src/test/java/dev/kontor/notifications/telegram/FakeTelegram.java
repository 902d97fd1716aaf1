package dev.kontor.notifications.telegram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.notifications.telegram.ShownChat.Message;

/**
 * The Telegram Bot API as far as Kontor uses it, as strict as the real one; people hold a {@link Phone}. What it refuses
 * it refuses with the words of the real one.
 */
final class FakeTelegram implements AutoCloseable {

    static final String TOKEN = "4711:a-token-that-only-the-bot-knows";

    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final AtomicLong ids = new AtomicLong(100);
    private final AtomicLong updateIds = new AtomicLong(870_000);
    private final Map<Long, ShownChat> chats = new ConcurrentHashMap<>();
    private final Map<Long, Long> movedTo = new ConcurrentHashMap<>();
    private final Set<Long> blocked = ConcurrentHashMap.newKeySet();
    private final TreeMap<Long, Object> pending = new TreeMap<>();
    private final Map<String, Long> presses = new ConcurrentHashMap<>();
    private final Map<Long, Integer> given = new ConcurrentHashMap<>();
    private final Deque<Integer> floods = new ArrayDeque<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Object news = new Object();
    private volatile boolean down;
    private boolean mute;
    private Duration slow = Duration.ZERO;
    private volatile String webhook = "";
    private volatile String secret = "";
    private int asking;

    FakeTelegram() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    // People

    /** Somebody with a telephone, in the private chat with the bot. */
    Phone phone(String language) {
        var person = ids.incrementAndGet();
        chats.put(person, new ShownChat(person, "private"));
        return new Phone(this, person, person, language);
    }

    /** A group that the bot was added to. */
    Phone group(Phone member) {
        var group = -ids.incrementAndGet();
        chats.put(group, new ShownChat(group, "group"));
        return member.in(group);
    }

    ShownChat shown(long chat) {
        return chats.get(chat);
    }

    /** @return the number of the press */
    String pressed(long chat) {
        var press = String.valueOf(ids.incrementAndGet());
        presses.put(press, chat);
        return press;
    }

    void blocked(long chat) {
        blocked.add(chat);
    }

    /** The group becomes a supergroup; nobody has told the bot yet. @return by what it is known from now on */
    long moved(long from) {
        long to = -1_000_000_000_000L - ids.incrementAndGet();
        var old = chats.get(from);
        var moved = new ShownChat(to, "supergroup");
        moved.fresh = old.fresh;
        moved.notices = old.notices;
        moved.edited = old.edited;
        chats.put(to, moved);
        movedTo.put(from, to);
        return to;
    }

    Map<String, Object> message(ShownChat chat, Long id) {
        var message = new HashMap<String, Object>();
        message.put("message_id", id == null ? ids.incrementAndGet() : id);
        message.put("date", 1_700_000_000);
        message.put("chat", chat.shown());
        return message;
    }

    static Map<String, Object> bot() {
        return Map.of("id", 4711, "is_bot", true, "first_name", "Kontor", "username", "kontor_bot");
    }

    /** @return the number of the update */
    long tell(Map<String, Object> what) {
        var id = updateIds.incrementAndGet();
        var update = new LinkedHashMap<String, Object>(what);
        update.put("update_id", id);
        if (!webhook.isEmpty()) {
            post(update, secret);
        } else {
            synchronized (news) {
                pending.put(id, update);
                news.notifyAll();
            }
        }
        return id;
    }

    /** Telegram tells the same once more, as it does where an answer was lost. */
    void tellsAgain(long id, Map<String, Object> what) {
        var update = new LinkedHashMap<String, Object>(what);
        update.put("update_id", id);
        synchronized (news) {
            pending.put(id, update);
            news.notifyAll();
        }
    }

    int post(Map<String, Object> update, String with) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(webhook))
                    .header("Content-Type", "application/json")
                    .header("X-Telegram-Bot-Api-Secret-Token", with)
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(update)))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String webhook() {
        return webhook;
    }

    /** The same place by another way. */
    void reachedAt(String address) {
        webhook = address;
    }

    String secret() {
        return secret;
    }

    // Trouble

    /** The next messages are too many; each for so long. */
    void floods(int seconds, int times) {
        synchronized (floods) {
            for (int time = 0; time < times; time++) {
                floods.add(seconds);
            }
        }
    }

    void noFloods() {
        synchronized (floods) {
            floods.clear();
        }
    }

    /** Each answer takes so long, or until that is taken back. */
    void slow(Duration each) {
        synchronized (news) {
            slow = each;
            news.notifyAll();
        }
    }

    private void dawdle() throws InterruptedException {
        synchronized (news) {
            long end = System.nanoTime() + slow.toNanos();
            while (mute || !slow.isZero() && System.nanoTime() < end) {
                news.wait(mute ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        }
    }

    void down(boolean yes) {
        down = yes;
    }

    /** It takes calls and never answers. */
    void mute(boolean yes) {
        synchronized (news) {
            mute = yes;
            news.notifyAll();
        }
    }

    /** What it has refused so far. */
    List<String> refused() {
        return refused;
    }

    /** How often an update was given out. */
    int given(long update) {
        return given.getOrDefault(update, 0);
    }

    int asking() {
        synchronized (news) {
            return asking;
        }
    }

    // The API

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        Map<String, Object> body;
        try {
            dawdle();
            if (down) {
                throw new TelegramRefusal(502, "Bad Gateway");
            }
            body = Map.of("ok", true, "result", call(exchange));
        } catch (TelegramRefusal e) {
            status = e.code;
            if (status != 409 && status != 502) {
                refused.add(status + " " + e.getMessage());
            }
            var said = new LinkedHashMap<String, Object>();
            said.put("ok", false);
            said.put("error_code", e.code);
            said.put("description", e.getMessage());
            if (!e.parameters.isEmpty()) {
                said.put("parameters", e.parameters);
            }
            body = said;
        } catch (InterruptedException e) {
            return;
        }
        var bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Object call(HttpExchange exchange) throws IOException, InterruptedException {
        var parts = exchange.getRequestURI().getPath().split("/");
        if (parts.length != 3 || !parts[1].equals("bot" + TOKEN)) {
            throw new TelegramRefusal(401, "Unauthorized");
        }
        var query = TelegramForm.read(exchange);
        var method = parts[2].toLowerCase(java.util.Locale.ROOT);
        return switch (method) {
            case "getme" -> bot();
            case "getupdates" -> updates(query);
            case "setwebhook" -> {
                webhook = query.getOrDefault("url", "");
                secret = query.getOrDefault("secret_token", "");
                yield true;
            }
            case "deletewebhook" -> {
                webhook = "";
                yield true;
            }
            case "sendmessage" -> send(query);
            case "editmessagetext" -> edit(query);
            case "answercallbackquery" -> notice(query);
            case "pinchatmessage" -> {
                find(chat(query), query).pinned = true;
                yield true;
            }
            case "senddocument" -> document(query);
            default -> throw new TelegramRefusal(404, "Not Found");
        };
    }

    private List<Object> updates(Map<String, String> query) throws InterruptedException {
        if (!webhook.isEmpty()) {
            throw new TelegramRefusal(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
        }
        long offset = Long.parseLong(query.getOrDefault("offset", "0"));
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(query.getOrDefault("timeout", "0")));
        synchronized (news) {
            if (asking > 0) {
                throw new TelegramRefusal(
                        409,
                        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
            }
            asking++;
            try {
                pending.headMap(offset).clear();
                while (pending.isEmpty() && System.nanoTime() < end && !down) {
                    news.wait(50);
                }
                pending.keySet().stream().limit(limit).forEach(id -> given.merge(id, 1, Integer::sum));
                return pending.values().stream().limit(limit).toList();
            } finally {
                asking--;
            }
        }
    }

    private ShownChat chat(Map<String, String> query) {
        long id = Long.parseLong(query.getOrDefault("chat_id", "0"));
        if (movedTo.containsKey(id)) {
            throw new TelegramRefusal(
                    400,
                    "Bad Request: group chat was upgraded to a supergroup chat",
                    Map.of("migrate_to_chat_id", movedTo.get(id)));
        }
        if (blocked.contains(id)) {
            throw new TelegramRefusal(403, "Forbidden: bot was blocked by the user");
        }
        var chat = chats.get(id);
        if (chat == null) {
            throw new TelegramRefusal(400, "Bad Request: chat not found");
        }
        return chat;
    }

    private void refuseFlood() {
        synchronized (floods) {
            var seconds = floods.poll();
            if (seconds != null) {
                throw new TelegramRefusal(
                        429, "Too Many Requests: retry after " + seconds, Map.of("retry_after", seconds));
            }
        }
    }

    private Object send(Map<String, String> query) {
        var chat = chat(query);
        refuseFlood();
        var text = TelegramText.checked(query);
        long id = ids.incrementAndGet();
        var said = new Message(id, text, TelegramKeyboard.buttons(id, query));
        said.silent = Boolean.parseBoolean(query.getOrDefault("disable_notification", "false"));
        chat.messages.add(said);
        chat.fresh.add(text);
        var answer = message(chat, id);
        answer.put("text", text);
        answer.put("from", bot());
        return answer;
    }

    private Object edit(Map<String, String> query) {
        var chat = chat(query);
        refuseFlood();
        var message = find(chat, query);
        var text = TelegramText.checked(query);
        var buttons = TelegramKeyboard.buttons(message.id, query);
        if (text.equals(message.text) && buttons.equals(message.buttons)) {
            throw new TelegramRefusal(
                    400,
                    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        }
        message.text = text;
        message.buttons = buttons;
        chat.edited.add(text);
        var answer = message(chat, message.id);
        answer.put("text", text);
        answer.put("from", bot());
        return answer;
    }

    private static Message find(ShownChat chat, Map<String, String> query) {
        long id = Long.parseLong(query.getOrDefault("message_id", "0"));
        return chat.messages.stream()
                .filter(message -> message.id == id)
                .findFirst()
                .orElseThrow(() -> new TelegramRefusal(400, "Bad Request: message to edit not found"));
    }

    private Object notice(Map<String, String> query) {
        var chat = presses.remove(query.getOrDefault("callback_query_id", ""));
        if (chat == null) {
            throw new TelegramRefusal(
                    400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
        }
        var text = query.getOrDefault("text", "");
        if (text.length() > 200) {
            throw new TelegramRefusal(400, "Bad Request: MESSAGE_TOO_LONG");
        }
        if (!text.isEmpty()) {
            chats.get(chat).notices.add(text);
        }
        return true;
    }

    private Object document(Map<String, String> query) {
        var chat = chat(query);
        refuseFlood();
        if (!query.containsKey("filename")) {
            throw new TelegramRefusal(400, "Bad Request: there is no document in the request");
        }
        long id = ids.incrementAndGet();
        var message = new Message(id, query.getOrDefault("caption", ""), List.of());
        message.file = query.get("filename");
        message.content = query.get("content");
        chat.messages.add(message);
        chat.fresh.add("file " + message.file);
        var answer = message(chat, id);
        answer.put("from", bot());
        return answer;
    }
}
