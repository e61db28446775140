package dev.postrider.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Every handler of a socket, a timer or a future in smtp and redis is registered through an {@link
 * ErrorBoundary}. The functions of {@code map}, {@code compose}, {@code recover} and {@code
 * transform} need none: what they throw fails the future that they return.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistrationTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/postrider");

  private static final Set<String> REGISTRATIONS =
      Set.of(
          "handler",
          "exceptionHandler",
          "closeHandler",
          "endHandler",
          "drainHandler",
          "shutdownHandler",
          "setTimer",
          "setPeriodic",
          "runOnContext",
          "onComplete",
          "onSuccess",
          "onFailure",
          "eventually",
          "andThen",
          "addListener");

  @Test
  void every_handler_is_registered_in_a_boundary() throws IOException {
    Scan scan = new Scan();
    for (String part : List.of("smtp", "redis")) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(part))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          scan.read(Files.readString(file));
        }
      }
    }
    assertEquals(List.of(), scan.bare);
    assertTrue(scan.guarded > 30, scan.guarded + " handlers");
  }

  @Test
  void sees_a_handler_without_a_boundary() {
    Scan scan = new Scan();
    scan.read(
        """
        class A {
          void a() {
            socket.handler(this::read).closeHandler(boundary.handler("close", this::onClose));
            future.onComplete(result -> done());
            uni.onFailure().invoke(this::failed);
          }
        }
        """);
    assertEquals(
        List.of("future.onComplete((result)->done())", "socket.handler(this::read)"),
        scan.bare.stream().sorted().toList());
    assertEquals(1, scan.guarded);
  }

  private static final class Scan extends TreeScanner<Void, Void> {

    private final List<String> bare = new ArrayList<>();
    private int guarded;
    private boolean hasFutures;

    void read(String source) {
      hasFutures = source.contains("import io.vertx.core.Future;");
      JavacTask parser =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, null, null, null, null, List.of(file(source)));
      try {
        for (CompilationUnitTree unit : parser.parse()) {
          scan(unit, null);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
      int arguments = call.getArguments().size();
      if (arguments > 0 && isRegistration(name(call), arguments)) {
        if (isBoundary(call.getArguments().get(arguments - 1))) {
          guarded++;
        } else {
          bare.add(call.toString());
        }
      }
      return super.visitMethodInvocation(call, nothing);
    }

    /**
     * {@link ErrorBoundary#handler} has the same name as a method of a socket, and Mutiny's {@code
     * onFailure} takes a condition.
     */
    private boolean isRegistration(String name, int arguments) {
      return REGISTRATIONS.contains(name)
          && !(name.equals("handler") && arguments == 2)
          && (hasFutures || !name.equals("onFailure"));
    }

    private static boolean isBoundary(ExpressionTree argument) {
      return argument instanceof MethodInvocationTree call
          && name(call).equals("handler")
          && call.getArguments().size() == 2;
    }

    private static String name(MethodInvocationTree call) {
      ExpressionTree method = call.getMethodSelect();
      return method instanceof MemberSelectTree select
          ? select.getIdentifier().toString()
          : ((IdentifierTree) method).getName().toString();
    }

    private static JavaFileObject file(String source) {
      return new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
          return source;
        }
      };
    }
  }
}
