package dev.postrider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One Java file as the compiler's own parser sees it.
 *
 * @param path of the file
 * @param lines in the file
 * @param names declared in it
 * @param undocumented top-level types without Javadoc
 * @param methods with their lengths
 * @param nestedLambdas where a lambda stands in another
 * @param synchronizedBlocks where a lock is taken
 */
record JavaSource(
    Path path,
    long lines,
    List<Place> names,
    List<Place> undocumented,
    List<Method> methods,
    List<Place> nestedLambdas,
    List<Place> synchronizedBlocks) {

  /** Something at a line of a file. */
  record Place(String what, Path path, long line) {
    @Override
    public String toString() {
      return path + ":" + line + " " + what;
    }
  }

  /** A method and how many lines its body takes, braces included. */
  record Method(Place place, long lines) {}

  /** Parses all files at once; none of them is compiled. */
  static List<JavaSource> parse(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager disk = compiler.getStandardFileManager(null, null, null)) {
      JavacTask parser =
          (JavacTask)
              compiler.getTask(
                  null, disk, null, null, null, disk.getJavaFileObjectsFromPaths(files));
      Trees trees = Trees.instance(parser);
      return StreamSupport.stream(parser.parse().spliterator(), false)
          .map(unit -> new Reading(trees, unit).source())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The sources could not be parsed.", e);
    }
  }

  private static final class Reading extends TreePathScanner<Void, Integer> {

    private final Trees trees;
    private final CompilationUnitTree unit;
    private final Path path;
    private final JavaSource source;

    Reading(Trees trees, CompilationUnitTree unit) {
      this.trees = trees;
      this.unit = unit;
      this.path = Path.of("").toAbsolutePath().relativize(Path.of(unit.getSourceFile().toUri()));
      this.source =
          new JavaSource(
              path,
              unit.getLineMap().getLineNumber(endOf(unit)),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>());
    }

    JavaSource source() {
      scan(unit, 0);
      return source;
    }

    @Override
    public Void visitClass(ClassTree type, Integer lambdas) {
      source.names.add(place(type, type.getSimpleName().toString()));
      boolean topLevel = getCurrentPath().getParentPath().getLeaf() == unit;
      if (topLevel && trees.getDocComment(getCurrentPath()) == null) {
        source.undocumented.add(place(type, type.getSimpleName().toString()));
      }
      return super.visitClass(type, 0);
    }

    @Override
    public Void visitMethod(MethodTree method, Integer lambdas) {
      Place place = place(method, method.getName().toString());
      source.names.add(place);
      source.methods.add(new Method(place, method.getBody() == null ? 0 : lines(method.getBody())));
      return super.visitMethod(method, lambdas);
    }

    @Override
    public Void visitVariable(VariableTree variable, Integer lambdas) {
      source.names.add(place(variable, variable.getName().toString()));
      return super.visitVariable(variable, lambdas);
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree lambda, Integer lambdas) {
      if (lambdas > 0) {
        source.nestedLambdas.add(place(lambda, "a lambda in a lambda"));
      }
      return super.visitLambdaExpression(lambda, lambdas + 1);
    }

    @Override
    public Void visitSynchronized(SynchronizedTree block, Integer lambdas) {
      source.synchronizedBlocks.add(place(block, "synchronized"));
      return super.visitSynchronized(block, lambdas);
    }

    private Place place(Tree tree, String what) {
      return new Place(what, path, lineOf(trees.getSourcePositions().getStartPosition(unit, tree)));
    }

    private long lines(Tree tree) {
      return lineOf(endOf(tree)) - place(tree, "").line() + 1;
    }

    private long endOf(Tree tree) {
      return trees.getSourcePositions().getEndPosition(unit, tree);
    }

    private long lineOf(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
