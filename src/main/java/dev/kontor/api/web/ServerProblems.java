package dev.kontor.api.web;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

import jakarta.servlet.ServletException;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.api.AnswerHeaders;
import dev.kontor.api.ProblemKind;

/**
 * Requests that are so wrong that no servlet sees them get problem details from the server itself; and every answer,
 * theirs too, has the headers that all have.
 */
@Component
class ServerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final JsonMapper json;

    ServerProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addEngineValves(new HeaderValve());
        server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve(json)));
    }

    private static final class HeaderValve extends ValveBase {

        HeaderValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            AnswerHeaders.always().forEach(response::setHeader);
            if (request.isSecure()) {
                response.setHeader("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
            }
            getNext().invoke(request, response);
        }
    }

    private static final class ProblemValve extends ErrorReportValve {

        private final JsonMapper json;

        ProblemValve(JsonMapper json) {
            this.json = json;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            var problem = ProblemKind.of(HttpStatusCode.valueOf(response.getStatus()))
                    .problem("The request is not well-formed.");
            try {
                AnswerHeaders.always().forEach(response::setHeader); // a reset may have taken them away
                response.setHeader(AnswerHeaders.CONTENT_SECURITY_POLICY, AnswerHeaders.NO_CONTENT);
                response.setHeader("Cache-Control", "no-store");
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.setCharacterEncoding("UTF-8");
                var out = response.getReporter();
                if (out != null) {
                    out.write(json.writeValueAsString(problem));
                    response.finishResponse();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
