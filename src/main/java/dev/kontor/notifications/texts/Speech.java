package dev.kontor.notifications.texts;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Skus;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Subject;

/** Says in one language what alerts are about. */
public final class Speech {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final int MOST_NAMES = 1_000;

    /** English is not only for those who ask for it: so another language of the machine must not come before it. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale language;
    private final ResourceBundle words;
    private final Accounts accounts;
    private final Skus skus;

    private final Map<Object, String> names = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, String> eldest) {
            return size() > MOST_NAMES;
        }
    };

    Speech(Locale language, Accounts accounts, Skus skus) {
        this.language = language;
        this.words = ResourceBundle.getBundle("messages/alerts", language, NO_FALLBACK);
        this.accounts = accounts;
        this.skus = skus;
    }

    /** A few words. */
    public String title(Alert alert) {
        return sentence(alert, "title");
    }

    /** What it means, and what can be done. */
    public String text(Alert alert) {
        return sentence(alert, "text");
    }

    private String sentence(Alert alert, String part) {
        var values = values(alert);
        return PLACEHOLDER
                .matcher(words.getString(alert.kind() + "." + part))
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "?")));
    }

    private Map<String, String> values(Alert alert) {
        var values = new HashMap<String, String>();
        values.put("account", account(alert.subject().account()));
        if (alert.subject().type() == Subject.Type.ITEM) {
            values.put("item", item(new ItemId(UUID.fromString(alert.subject().id()))));
        }
        alert.facts().forEach((fact, value) -> values.put(fact.key(), shown(fact, value)));
        return values;
    }

    private String account(@Nullable AccountId account) {
        return account == null
                ? words.getString("kontor")
                : name(
                        account,
                        () -> accounts.find(account)
                                .map(AccountView::name)
                                .orElseGet(() -> words.getString("account.gone")));
    }

    private String item(ItemId item) {
        return name(item, () -> skus.of(item).orElseGet(() -> words.getString("item.gone")));
    }

    private String name(Object of, Supplier<String> found) {
        return names.computeIfAbsent(of, _ -> found.get());
    }

    private String shown(Fact fact, Object value) {
        return switch (fact.type()) {
            case NUMBER -> NumberFormat.getIntegerInstance(language).format(value);
            case SHARE -> NumberFormat.getPercentInstance(language).format(value);
            case TIME ->
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(language)
                                .format(Instant.parse((String) value).atOffset(ZoneOffset.UTC))
                        + " UTC";
            case CODE -> code(fact, (String) value);
        };
    }

    /** A code that has no word stands for itself. */
    private String code(Fact fact, String code) {
        try {
            return words.getString(fact.key() + "." + code);
        } catch (MissingResourceException e) {
            return code;
        }
    }
}
