package dev.kontor.marketplaces.allegro;

import java.time.Instant;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checkout forms and events as Allegro writes them. */
final class AllegroFixtures {

    private static final JsonMapper JSON = JsonMapper.shared();

    private AllegroFixtures() {}

    static ObjectNode aCheckoutForm(String id, Instant boughtAt) {
        return (ObjectNode) JSON.readTree("""
                {"id":"%1$s","revision":"819b5836","updatedAt":"2026-11-02T10:15:00.123Z","status":"READY_FOR_PROCESSING",
                 "messageToSeller":"please hurry","note":{"text":"call first"},"marketplace":{"id":"allegro-pl"},
                 "buyer":{"id":"55000002","login":"kup_ujacy","email":"x1+abc@allegromail.pl","firstName":"Jan","lastName":"Nowak",
                   "companyName":null,"guest":false,"personalIdentity":null,"phoneNumber":"+48500000000",
                   "preferences":{"language":"pl-PL"},"address":{"street":"Prosta 1","city":"Poznań","postCode":"60-001","countryCode":"PL"}},
                 "payment":{"id":"9d0e","type":"ONLINE","provider":"P24","finishedAt":"2026-11-02T10:14:58.000Z",
                   "paidAmount":{"amount":"46.97","currency":"PLN"},"reconciliation":{"amount":"46.97","currency":"PLN"},"features":["ALLEGRO_PAY"]},
                 "surcharges":[],"codBookedPayments":[],
                 "fulfillment":{"status":"NEW","shipmentSummary":{"lineItemsSent":"NONE"},"provider":{"id":"SELLER"}},
                 "delivery":{"address":{"firstName":"Anna","lastName":"Nowak","street":"Prosta 1","city":"Poznań","zipCode":"60-001","countryCode":"PL",
                   "companyName":null,"phoneNumber":"+48500000001","modifiedAt":null},
                   "method":{"id":"2488f7b7","name":"Paczkomat"},"pickupPoint":null,"cost":{"amount":"10.99","currency":"PLN"},
                   "time":{"from":"2026-11-03T09:00:00.000Z","to":"2026-11-04T17:00:00.000Z","dispatch":{"from":"2026-11-02T22:59:59.999Z","to":"2026-11-02T22:59:59.999Z"}},
                   "smart":true,"cancellation":null,"calculatedNumberOfPackages":1},
                 "invoice":{"required":true,"address":{"street":"Prosta 1","city":"Poznań","zipCode":"60-001","countryCode":"PL",
                   "company":{"name":"Firma","ids":[{"type":"PL_NIP","value":"5252674798"}],"vatPayerStatus":"ACTIVE"},"naturalPerson":null},
                   "dueDate":null,"features":["VAT_EU_UNVERIFIED"]},
                 "lineItems":[{"id":"line-%1$s","offer":{"id":"15000000001","name":"Kubek","external":{"id":"SKU-1"},
                   "productSet":{"products":[{"id":"3e8c","quantity":1}]},"hsNumber":null},
                   "quantity":2,"originalPrice":{"amount":"19.99","currency":"PLN"},"price":{"amount":"17.99","currency":"PLN"},
                   "deposit":null,"reconciliation":{"value":{"amount":"4.00","currency":"PLN"},"type":"WALLET","quantity":2},
                   "selectedAdditionalServices":[],"vouchers":[],"tax":{"rate":"23.00","subject":"GOODS","exemption":null},
                   "boughtAt":"%2$s","discounts":[{"type":"COUPON"}],"serialNumbers":{"expected":false,"entries":[]}}],
                 "summary":{"totalToPay":{"amount":"46.97","currency":"PLN"}}}
                """.formatted(id, ListPosition.TIME.format(boughtAt)));
    }

    static String aList(long total, List<? extends Object> forms) {
        return "{\"checkoutForms\":%s,\"count\":%d,\"totalCount\":%d}".formatted(forms, forms.size(), total);
    }

    static String anEvent(String id, String order, Instant at) {
        return """
                {"id":"%s","type":"READY_FOR_PROCESSING","occurredAt":"%s",
                 "order":{"seller":{"id":"44000001"},"buyer":{"id":"55000002","login":"kup_ujacy"},"lineItems":[],
                  "checkoutForm":{"id":"%s","revision":"819b5836"},"marketplace":{"id":"allegro-pl"}}}
                """.formatted(id, ListPosition.TIME.format(at), order);
    }
}
