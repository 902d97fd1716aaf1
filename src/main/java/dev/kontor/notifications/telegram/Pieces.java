package dev.kontor.notifications.telegram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts HTML so that each piece fits in a message and is whole: what is open at a cut is closed there and opened again. */
final class Pieces {

    /** Telegram's limit is for the text without its tags; so this is never too much. */
    static final int LONGEST = 4096;

    private static final Pattern TOKEN = Pattern.compile("<[^>]*>|&[#A-Za-z0-9]+;|\\X", Pattern.DOTALL);

    private final List<String> pieces = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private StringBuilder piece = new StringBuilder();
    private int visible;

    private Pieces() {}

    static List<String> of(String html) {
        if (html.length() <= LONGEST) {
            return List.of(html);
        }
        var pieces = new Pieces();
        for (var line : html.splitWithDelimiters("\n", 0)) {
            pieces.add(line);
        }
        pieces.cut();
        return pieces.pieces;
    }

    /** How many of the lines fit in one message with {@code beside} characters and a line break each. */
    static int fitting(List<String> lines, int beside) {
        int length = beside;
        int fitting = 0;
        while (fitting < lines.size() && length + lines.get(fitting).length() + 1 <= LONGEST) {
            length += lines.get(fitting++).length() + 1;
        }
        return fitting;
    }

    /** A line is cut only where it does not fit in a message of its own. */
    private void add(String line) {
        if (length() + line.length() > LONGEST && visible > 0) {
            cut();
        }
        var token = TOKEN.matcher(line);
        while (token.find()) {
            add(token.group(), line.length());
        }
    }

    private void add(String token, int ofLine) {
        boolean tag = token.startsWith("<") && token.endsWith(">");
        if (!tag && ofLine > LONGEST / 2 && length() + token.length() > LONGEST) {
            cut();
        }
        piece.append(token);
        if (!tag) {
            visible += token.isBlank() ? 0 : 1;
        } else if (token.startsWith("</")) {
            open.pollLast();
        } else {
            open.addLast(token);
        }
    }

    /** With what closes it. */
    private int length() {
        return piece.length()
                + open.stream().mapToInt(tag -> closing(tag).length()).sum();
    }

    private void cut() {
        if (visible == 0) {
            return;
        }
        open.descendingIterator().forEachRemaining(tag -> piece.append(closing(tag)));
        pieces.add(piece.toString().strip());
        piece = new StringBuilder();
        open.forEach(piece::append);
        visible = 0;
    }

    private static String closing(String tag) {
        return "</" + tag.substring(1).split("[ >]", 2)[0] + ">";
    }
}
