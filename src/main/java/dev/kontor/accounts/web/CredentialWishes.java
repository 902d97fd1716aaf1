package dev.kontor.accounts.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.EnteredCredentials;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.EnteredAuthorization;
import dev.kontor.marketplaces.EnteredAuthorization.Field;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;

/** Reads what a seller entered by the fields that his marketplace asks for; their names tell which way he means. */
@Component
class CredentialWishes {

    static final String DESCRIPTION =
            "By name, the fields of one of the marketplace's authorizations; none where the seller confirms a code";

    record NewPermission(
            @Schema(description = DESCRIPTION) @Nullable Map<String, @Nullable String> credentials) {
        @Override
        public String toString() {
            return "NewPermission[masked]";
        }
    }

    private final AccountRegister register;
    private final Marketplaces marketplaces;

    CredentialWishes(AccountRegister register, Marketplaces marketplaces) {
        this.register = register;
        this.marketplaces = marketplaces;
    }

    @Nullable
    EnteredCredentials read(AccountId account, @Nullable NewPermission wish) {
        var marketplace = marketplaces.get(register.get(account).marketplace());
        var wrong = new ArrayList<FieldProblem>();
        var entered = read(marketplace, wish == null ? null : wish.credentials(), wrong);
        if (!wrong.isEmpty()) {
            throw new InvalidField(wrong);
        }
        return entered;
    }

    /** Null where nothing was entered, or what was entered is wrong. */
    @Nullable
    EnteredCredentials read(
            Marketplace marketplace, @Nullable Map<String, @Nullable String> given, List<FieldProblem> wrong) {
        var ways = marketplace.authorizations().stream()
                .filter(EnteredAuthorization.class::isInstance)
                .map(EnteredAuthorization.class::cast)
                .toList();
        if (given == null || given.isEmpty()) {
            if (marketplace.authorization(DeviceAuthorization.class).isEmpty()) {
                wrong.add(new FieldProblem("credentials", "must be given: " + names(ways)));
            }
            return null;
        }
        if (ways.isEmpty()) {
            wrong.add(new FieldProblem("credentials", "must be left out: the seller confirms a code"));
            return null;
        }
        var meant = Collections.max(ways, Comparator.comparingLong(way -> known(way, given)));
        return read(meant, ways, given, wrong);
    }

    private static long known(EnteredAuthorization way, Map<String, ?> given) {
        return way.fields().stream()
                .filter(field -> given.containsKey(field.name()))
                .count();
    }

    private static @Nullable EnteredCredentials read(
            EnteredAuthorization way,
            List<EnteredAuthorization> ways,
            Map<String, @Nullable String> given,
            List<FieldProblem> wrong) {
        var before = wrong.size();
        var names = way.fields().stream().map(Field::name).toList();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .map(name -> new FieldProblem("credentials." + name, "is not asked for; what is: " + names(ways)))
                .forEach(wrong::add);
        var values = new HashMap<String, String>();
        for (var field : way.fields()) {
            var text = given.get(field.name());
            var value = text == null ? "" : text.strip();
            if (!field.accepts(value)) {
                wrong.add(new FieldProblem("credentials." + field.name(), field.rule()));
            }
            values.put(field.name(), value);
        }
        var secrets =
                way.fields().stream().filter(Field::secret).map(Field::name).collect(Collectors.toSet());
        return wrong.size() > before ? null : new EnteredCredentials(way.kind(), values, secrets);
    }

    private static String names(List<EnteredAuthorization> ways) {
        return ways.stream()
                .map(way -> way.fields().stream().map(Field::name).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", or "));
    }
}
