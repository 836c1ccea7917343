import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server, and its client, for machines whose only tool for HTTP is Java.
 *
 * <p>{@code Web ADDRESS PORT DIRECTORY} serves a directory; {@code Web URL} prints what is there.
 */
final class Web {

  private final Path directory;

  private Web(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws IOException {
    if (args.length == 1) {
      URI.create(args[0]).toURL().openConnection(Proxy.NO_PROXY).getInputStream().transferTo(System.out);
      System.out.flush();
      return;
    }
    Web web = new Web(Path.of(args[2]).toRealPath());
    HttpServer server = HttpServer.create(new InetSocketAddress(args[0], Integer.parseInt(args[1])), 0);
    server.createContext("/", web::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
      if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = Files.readAllBytes(file);
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
