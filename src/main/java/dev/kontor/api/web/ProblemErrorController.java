package dev.kontor.api.web;

import java.net.URI;
import java.util.Objects;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.api.AnswerHeaders;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.ProblemKind;

/** Answers what went wrong before or beside the controllers, such as a path that the firewall refuses. */
@Hidden
@RestController
@Guarded(value = Area.OPERATIONS, reading = By.ADMINISTRATOR, writing = By.ADMINISTRATOR)
class ProblemErrorController implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<ProblemDetail> answer(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(AnswerHeaders.CONTENT_SECURITY_POLICY, AnswerHeaders.NO_CONTENT); // nobody may have before
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var path = Objects.toString(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), request.getRequestURI());
        var problem = problem(HttpStatusCode.valueOf(status), path, request);
        problem.setInstance(URI.create(path));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ProblemDetail problem(HttpStatusCode status, String path, HttpServletRequest request) {
        if (status.is5xxServerError()) {
            var failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
            return Failures.log(failure instanceof Throwable throwable ? throwable : null, path);
        }
        return ProblemKind.of(status).problem("The address or the request is not well-formed.");
    }
}
