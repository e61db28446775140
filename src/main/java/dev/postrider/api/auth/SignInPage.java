package dev.postrider.api.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The sign-in form. It runs no script, loads nothing and cannot be framed. */
@Singleton
final class SignInPage {

  private static final String FILE = "sign-in.html";
  private static final String STYLE_START = "<style>";
  private static final String STYLE_END = "</style>";

  private final String render = read();
  private final Map<String, String> headers =
      Map.of(
          "Content-Type",
          "text/html;charset=UTF-8",
          "Content-Security-Policy",
          "default-src 'none'; style-src 'sha256-"
              + digest(render)
              + "'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  /** True if a browser requests the start page. */
  static boolean isPageRequest(RoutingContext context) {
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT);
    return context.request().method() == HttpMethod.GET
        && context.request().path().equals("/")
        && accepted != null
        && accepted.contains("text/html");
  }

  /** The page with a message; it contains nothing of the request. */
  String render(String message) {
    return render.replace("${message}", message);
  }

  Map<String, String> headers() {
    return headers;
  }

  void send(RoutingContext context, int status, String message) {
    headers.forEach(context.response()::putHeader);
    context.response().setStatusCode(status).end(render(message));
  }

  private static String read() {
    try (InputStream in = SignInPage.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String page) {
    int start = page.indexOf(STYLE_START) + STYLE_START.length();
    String style = page.substring(start, page.indexOf(STYLE_END));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }
}
