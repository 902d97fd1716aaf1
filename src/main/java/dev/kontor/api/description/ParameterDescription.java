package dev.kontor.api.description;

import java.util.Collection;
import java.util.Map;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;

/** Parameters that mean the same wherever they are taken are described once; where one says more, that stays. */
@Component
class ParameterDescription implements OpenApiCustomizer {

    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("id", "The `id` that the list, or the answer to the creation, gives"),
            Map.entry("sku", "The item's SKU, as the seller writes it"),
            Map.entry("session", "The `id` of a session of that person"),
            Map.entry("marketplace", "Its code, as the list of marketplaces gives it"),
            Map.entry("account", "The `id` of a connected account"),
            Map.entry("day", "A day in UTC, such as 2026-11-30"),
            Map.entry("If-Match", "The `ETag` of what was read, or `*` for whatever there is"),
            Map.entry("Idempotency-Key", "Chosen by the caller; sent again, it does not happen again"),
            Map.entry("item", "Only those of the item with this `id`"),
            Map.entry("listing", "The `id` of a listing of that item"),
            Map.entry("warehouse", "Only what is in the warehouse of this `id`"),
            Map.entry("status", "Only those of this status"),
            Map.entry("state", "Only those in this state"),
            Map.entry("kind", "Only those of this kind"),
            Map.entry("type", "Only those of this type"),
            Map.entry("ean", "Only those with this EAN"),
            Map.entry("linked", "Only those that have an item, or only those that have none"),
            Map.entry("gone", "Only those that the marketplace has taken away, or only those that it has not"),
            Map.entry("resolved", "Only those that are settled, or only those that are not"),
            Map.entry("q", "Words; every one of them must match"),
            Map.entry("units", "How many of the item one sold piece takes"),
            Map.entry("recount", "Whether counts hold for items that have movements too"),
            Map.entry("placedFrom", "Only those that were placed then or later"),
            Map.entry("placedTo", "Only those that were placed until then"),
            Map.entry("from", "Only from then on"),
            Map.entry("to", "Only until then"),
            Map.entry("at", "As it was at this moment; now, where it is absent"),
            Map.entry("actorKind", "Only what this kind of actor did"),
            Map.entry("action", "Only this, such as `account.renamed`"),
            Map.entry("objectType", "Only what was done to things of this type"),
            Map.entry("objectId", "Only what was done to this thing"),
            Map.entry("correlation", "Only what one request did: its `X-Correlation-Id`"));

    @Override
    public void customise(OpenAPI document) {
        if (document.getPaths() != null) {
            document.getPaths().values().stream()
                    .map(PathItem::readOperations)
                    .flatMap(Collection::stream)
                    .filter(operation -> operation.getParameters() != null)
                    .flatMap(operation -> operation.getParameters().stream())
                    .forEach(ParameterDescription::describe);
        }
    }

    private static void describe(Parameter parameter) {
        var description = parameter.getDescription();
        if (description == null || description.isBlank()) {
            parameter.setDescription(BY_NAME.get(parameter.getName()));
        }
    }
}
