package dev.kontor.access;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Open;
import dev.kontor.api.Own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Every route of the running application, and every kind of caller: 401, 403, or neither. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // logging in is slow on purpose
class DeclaredRouteTests extends AccessFixture {

    /** As many as there are, each with each format; who adds some may raise it, and who loses some hears of it. */
    private static final int ROUTES = 137;

    private static final int ENDPOINTS = 18;

    private static final String ID = "9b2f6a0e-7d0f-4c57-9a0f-3f0a7f2e7f11";

    /** Who asks is let in or not before anybody reads the question, and no controller answers this one. */
    private static final String NO_SUCH_PARAMETER = "?no-such-parameter=1";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;

    HttpCaller nobody;
    Map<Role, HttpCaller> people;
    Map<Set<Scope>, HttpCaller> keys;
    HttpCaller expired;
    HttpCaller elsewhere;

    private record Route(String method, String path, String content, String accept, HandlerMethod handler) {

        boolean isOurs() {
            return handler.getBeanType().getPackageName().startsWith("dev.kontor.");
        }

        boolean writes() {
            return !method.equals("GET");
        }

        Answer ask(HttpCaller caller) {
            var address = path.replaceAll("\\{[^/]+}", ID) + (path.startsWith("/api/") ? NO_SUCH_PARAMETER : "");
            return caller.with("Content-Type", content)
                    .with("Accept", accept)
                    .send(method, address, method.equals("GET") ? null : "{}");
        }

        @Override
        public String toString() {
            return method + " " + path + (accept.equals("*/*") ? "" : " as " + accept);
        }
    }

    @BeforeAll
    void callers() {
        nobody = nobody();
        keys = new HashMap<>();
        var administrator = loggedInAdministrator();
        var soon = clock.instant().plus(Duration.ofHours(1));
        expired = key(administrator, Map.of("scopes", Scope.values(), "expiresAt", soon.toString()));
        elsewhere = key(administrator, Map.of("scopes", Scope.values(), "addresses", List.of("192.0.2.1")));
        advance(Duration.ofHours(1));
        var present = loggedInAdministrator();
        people = Arrays.stream(Role.values())
                .collect(Collectors.toMap(
                        role -> role,
                        role -> Person.invited(present, "Caller", role.name()).loggedIn()));
        for (var area : Area.values()) {
            for (var scopes : List.of(reading(area), writing(area), foreign(area))) {
                keys.put(scopes, key(present, Map.of("scopes", scopes)));
            }
        }
    }

    private HttpCaller key(HttpCaller administrator, Map<String, ?> how) {
        var body = new HashMap<String, Object>(Map.of("name", "routes"));
        body.putAll(how);
        var made = administrator.post("/api/v1/api-keys", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return nobody.withKey(made.text("key"));
    }

    private static Set<Scope> reading(Area area) {
        return Set.of(Scope.valueOf(area + "_READ"));
    }

    private static Set<Scope> writing(Area area) {
        return Set.of(Scope.valueOf(area + "_WRITE"));
    }

    /** All but the area's. */
    private static Set<Scope> foreign(Area area) {
        return Arrays.stream(Scope.values())
                .filter(scope -> !scope.name().startsWith(area + "_"))
                .collect(Collectors.toSet());
    }

    @TestFactory
    Stream<DynamicTest> letsInWhomItDeclaresAndNobodyElse() {
        var routes = routes(mapping).filter(Route::isOurs).toList();
        assertThat(routes).hasSizeGreaterThanOrEqualTo(ROUTES);
        return routes.stream().map(route -> dynamicTest(route.toString(), () -> verify(route)));
    }

    @TestFactory
    Stream<DynamicTest> whatWatchesOverKontorIsForAdministratorsAndKeysThatReadOperations() {
        var routes = mappings.stream()
                .filter(one -> one != mapping)
                .flatMap(DeclaredRouteTests::routes)
                .filter(route -> !route.path().startsWith("/actuator/health"))
                .toList();
        assertThat(routes).hasSizeGreaterThanOrEqualTo(ENDPOINTS);
        return routes.stream()
                .map(route -> dynamicTest(
                        route.toString(), () -> guarded(route, Area.OPERATIONS, Role.ADMINISTRATOR, route.writes())));
    }

    @TestFactory
    Stream<DynamicTest> theDescriptionIsForWhoeverIsKnown() {
        var routes = routes(mapping).filter(route -> !route.isOurs()).toList();
        assertThat(routes).isNotEmpty();
        return routes.stream().map(route -> dynamicTest(route.toString(), () -> own(route, true)));
    }

    @Test
    void everyRouteDeclaresOneRuleAndTheAreaOfItsModule() {
        assertThat(routes(mapping).filter(Route::isOurs)).isNotEmpty().allSatisfy(route -> {
            assertThat(Stream.of(Guarded.class, Own.class, Open.class)
                            .filter(annotation -> declared(route.handler(), annotation) != null))
                    .as("@Guarded, @Own or @Open of %s (%s)", route, route.handler())
                    .hasSize(1);
            var module = route.handler().getBeanType().getPackageName().split("\\.")[2];
            if (declared(route.handler(), Guarded.class) instanceof Guarded guarded && !module.equals("api")) {
                assertThat(guarded.value().name()).as("area of " + route).isEqualToIgnoringCase(module);
            }
        });
    }

    @Test
    void aRouteThatDeclaresNothingIsClosedToEverybody() throws NoSuchMethodException {
        var forgotten = RequestMappingInfo.paths("/api/v1/forgotten")
                .methods(RequestMethod.GET)
                .options(mapping.getBuilderConfiguration())
                .build();
        mapping.registerMapping(forgotten, new Forgotten(), Forgotten.class.getDeclaredMethod("answer"));
        try {
            assertThat(nobody.get("/api/v1/forgotten").status()).isEqualTo(401);
            var refused = people.get(Role.ADMINISTRATOR).get("/api/v1/forgotten");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("detail")).contains("not declared");
            assertThat(keys.get(writing(Area.ORDERS)).get("/api/v1/forgotten").status())
                    .isEqualTo(403);
        } finally {
            mapping.unregisterMapping(forgotten);
        }
    }

    static final class Forgotten {

        public String answer() {
            return "everything";
        }
    }

    private void verify(Route route) {
        if (declared(route.handler(), Guarded.class) instanceof Guarded guarded) {
            boolean writing = route.writes();
            var least = writing ? guarded.writing() : guarded.reading();
            guarded(route, guarded.value(), Role.valueOf(least.name()), writing);
        } else if (declared(route.handler(), Own.class) instanceof Own own) {
            own(route, own.keys());
        } else {
            assertThat(declared(route.handler(), Open.class))
                    .as("rule of " + route)
                    .isNotNull();
            Stream.concat(Stream.of(nobody, expired, elsewhere), people.values().stream())
                    .forEach(caller -> assertPasses(route, caller, "everybody"));
        }
    }

    private void guarded(Route route, Area area, Role least, boolean writing) {
        assertStrangers(route);
        people.forEach((role, person) -> expect(route, person, role.includes(least), role.toString()));
        expect(route, keys.get(reading(area)), !writing, "a key that reads " + area);
        expect(route, keys.get(writing(area)), true, "a key that writes " + area);
        expect(route, keys.get(foreign(area)), false, "a key of all but " + area);
    }

    private void own(Route route, boolean keysToo) {
        assertStrangers(route);
        people.forEach((role, person) -> expect(route, person, true, role.toString()));
        keys.forEach((scopes, key) -> expect(route, key, keysToo, "a key of " + scopes));
    }

    private void assertStrangers(Route route) {
        assertThat(route.ask(nobody).status()).as("%s for nobody", route).isEqualTo(401);
        var late = route.ask(expired);
        assertThat(late.status()).as("%s for an expired key", route).isEqualTo(401);
        assertThat(late.text("type")).isEqualTo("urn:kontor:problem:api-key-expired");
        assertThat(route.ask(elsewhere).status())
                .as("%s for a key from a foreign address", route)
                .isEqualTo(403);
    }

    private static void expect(Route route, HttpCaller caller, boolean passes, String who) {
        if (passes) {
            assertPasses(route, caller, who);
        } else {
            var refused = route.ask(caller);
            assertThat(refused.status())
                    .as("%s for %s: %s", route, who, refused.body())
                    .isEqualTo(403);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    private static void assertPasses(Route route, HttpCaller caller, String who) {
        var answer = route.ask(caller);
        assertThat(answer.status())
                .as("%s for %s: %s", route, who, answer.body())
                .matches(status -> status != 401 && status != 403 && status < 500);
    }

    private static <A extends Annotation> A declared(HandlerMethod handler, Class<A> annotation) {
        Predicate<Class<? extends Annotation>> atMethod =
                one -> AnnotatedElementUtils.hasAnnotation(handler.getMethod(), one);
        boolean overridden = Stream.of(Guarded.class, Own.class, Open.class).anyMatch(atMethod);
        return AnnotatedElementUtils.findMergedAnnotation(
                overridden ? handler.getMethod() : handler.getBeanType(), annotation);
    }

    private static Stream<Route> routes(RequestMappingInfoHandlerMapping mapping) {
        return mapping.getHandlerMethods().entrySet().stream()
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .flatMap(path -> methods(entry.getKey())
                                .flatMap(method -> contents(entry.getKey())
                                        .flatMap(content -> accepts(entry.getKey())
                                                .map(accept ->
                                                        new Route(method, path, content, accept, entry.getValue()))))))
                .sorted((a, b) -> a.toString().compareTo(b.toString()));
    }

    private static Stream<String> methods(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods();
        return methods.isEmpty() ? Stream.of("POST") : methods.stream().map(RequestMethod::name);
    }

    private static Stream<String> contents(RequestMappingInfo mapping) {
        var types = mapping.getConsumesCondition().getConsumableMediaTypes();
        return types.isEmpty() ? Stream.of("application/json") : types.stream().map(MediaType::toString);
    }

    private static Stream<String> accepts(RequestMappingInfo mapping) {
        var types = mapping.getProducesCondition().getProducibleMediaTypes();
        return types.isEmpty() ? Stream.of("*/*") : types.stream().map(MediaType::toString);
    }
}
