package dev.kontor.access.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.CorsFilter;

import jakarta.servlet.DispatcherType;

import dev.kontor.access.factors.SecondFactor;
import dev.kontor.access.keys.KeyCheck;
import dev.kontor.access.limits.RequestLimits;
import dev.kontor.access.users.Passwords;
import dev.kontor.api.AnswerHeaders;
import dev.kontor.api.CrossOrigin;
import dev.kontor.api.ProblemAnswer;

/**
 * Everything is closed to everybody. Routes of controllers are opened by what these declare, see {@link RouteRules};
 * pages and what tells whether Kontor is well, by a line here.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

    private static final String FORM_CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String PAGE_CONTENT = "default-src 'self'; img-src 'self' data:; "
            + "style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'";

    private final KeyCheck keys;
    private final AccessTokenLogin accessTokens;
    private final Passwords passwords;
    private final SecondFactor factor;
    private final RequestLimits limits;
    private final RouteRules rules;
    private final RouteAuthorization routes;
    private final ProblemAnswer answer;
    private final SecurityProblems problems;
    private final CrossOrigin origins;

    SecurityChains(
            KeyCheck keys,
            AccessTokenLogin accessTokens,
            Passwords passwords,
            SecondFactor factor,
            RequestLimits limits,
            RouteRules rules,
            RouteAuthorization routes,
            ProblemAnswer answer,
            SecurityProblems problems,
            CrossOrigin origins) {
        this.keys = keys;
        this.accessTokens = accessTokens;
        this.passwords = passwords;
        this.factor = factor;
        this.limits = limits;
        this.rules = rules;
        this.routes = routes;
        this.answer = answer;
        this.problems = problems;
        this.origins = origins;
    }

    /** Credentials are not even looked at here. */
    @Bean
    @Order(1)
    SecurityFilterChain openChain(HttpSecurity http) {
        return common(http, AnswerHeaders.NO_CONTENT)
                .securityMatcher(any(
                        request -> rules.of(request) instanceof Rule.Everybody,
                        path(HttpMethod.GET, "/actuator/health"),
                        path(HttpMethod.GET, "/actuator/health/liveness"),
                        path(HttpMethod.GET, "/actuator/health/readiness")))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** The page on which somebody sets a password who has none yet. */
    @Bean
    @Order(2)
    SecurityFilterChain passwordChain(HttpSecurity http) {
        return common(http, FORM_CONTENT)
                .securityMatcher(any(
                        path(HttpMethod.GET, "/password.html"),
                        path(HttpMethod.GET, "/password.css"),
                        path(HttpMethod.GET, "/password.js")))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain pageChain(HttpSecurity http) {
        return withCredentials(common(http, PAGE_CONTENT))
                .securityMatcher(any(
                        path("/"),
                        path("/swagger-ui.html"),
                        path("/swagger-ui/**"),
                        path("/v3/api-docs.yaml"),
                        path("/v3/api-docs/**"),
                        path("/docs/**")))
                .authenticationProvider(new PasswordLogin(passwords, factor))
                .httpBasic(basic -> basic.authenticationEntryPoint(problems.forBrowsers()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(problems.forBrowsers()))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET)
                        .authenticated()
                        .requestMatchers(HttpMethod.HEAD)
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain apiChain(HttpSecurity http) {
        return withCredentials(common(http, AnswerHeaders.NO_CONTENT))
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .anyRequest()
                                .access(routes))
                .build();
    }

    private HttpSecurity withCredentials(HttpSecurity http) {
        return http.addFilterBefore(new ApiKeyFilter(keys, problems, answer), BearerTokenAuthenticationFilter.class)
                .addFilterAfter(new CallerLimitFilter(limits, answer), AnonymousAuthenticationFilter.class)
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(accessTokens))
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems));
    }

    private HttpSecurity common(HttpSecurity http, String contentSecurity) {
        if (!origins.permitted().isEmpty()) {
            var sites = new CorsFilter(origins);
            sites.setCorsProcessor(new SiteCheck(answer));
            http.addFilterAfter(sites, HeaderWriterFilter.class);
        }
        return http.addFilterAfter(new AddressLimitFilter(limits, answer), HeaderWriterFilter.class)
                .csrf(AbstractHttpConfigurer::disable) // no cookie proves anything here
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(Customizer.withDefaults())
                .headers(headers -> headers.defaultsDisabled() // the rest is in AnswerHeaders
                        .cacheControl(Customizer.withDefaults())
                        .httpStrictTransportSecurity(Customizer.withDefaults())
                        .contentSecurityPolicy(policy -> policy.policyDirectives(contentSecurity)))
                .cors(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems));
    }

    private static RequestMatcher any(RequestMatcher... matchers) {
        return new OrRequestMatcher(matchers);
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.pathPattern(pattern);
    }

    private static RequestMatcher path(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.pathPattern(method, pattern);
    }
}
