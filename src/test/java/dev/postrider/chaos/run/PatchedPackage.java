package dev.postrider.chaos.run;

import dev.postrider.chaos.run.PlantedBug.Edit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A copy of the packaged worker with a bug in it. The worker itself is never touched. */
public final class PatchedPackage {

  private static final Path SOURCES = Path.of("src", "main");

  private final Path copy;
  private final Path classes;

  private PatchedPackage(Path copy, Path classes) {
    this.copy = copy;
    this.classes = classes;
  }

  /**
   * Copies the application and plants the bug.
   *
   * @return the directory of the copy
   */
  public static Path of(Path application, PlantedBug bug) {
    Path home = Path.of("target", "chaos", "planted", bug.name());
    try {
      PatchedPackage patched =
          new PatchedPackage(home.resolve("quarkus-app"), home.resolve("classes"));
      patched.copyTree(application);
      patched.plant(bug);
      return patched.copy;
    } catch (IOException e) {
      throw new UncheckedIOException("The bug could not be planted: " + bug, e);
    }
  }

  private void copyTree(Path application) throws IOException {
    try (Stream<Path> files = Files.walk(application)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(application.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void plant(PlantedBug bug) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Edit edit : bug.edits()) {
      String before =
          sources.containsKey(edit.file())
              ? sources.get(edit.file())
              : Files.readString(SOURCES.resolve(edit.file()));
      if (!before.contains(edit.right())) {
        throw new IllegalStateException(
            "There is no place for the bug any more: " + edit.right() + " in " + edit.file());
      }
      sources.put(edit.file(), before.replace(edit.right(), edit.wrong()));
    }
    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + jar().toUri()), Map.of())) {
      for (Map.Entry<String, String> source : sources.entrySet()) {
        replace(jar, Path.of(source.getKey()), source.getValue());
      }
    }
  }

  private Path jar() throws IOException {
    try (Stream<Path> files = Files.list(copy.resolve("app"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  private void replace(FileSystem jar, Path file, String text) throws IOException {
    Path name = file.subpath(1, file.getNameCount());
    if (file.toString().endsWith(".lua")) {
      Files.writeString(jar.getPath(name.toString()), text);
      return;
    }
    Path source = classes.resolve("source").resolve(name);
    Files.createDirectories(source.getParent());
    Files.writeString(source, text);
    compile(source);
    try (Stream<Path> made = Files.walk(classes)) {
      for (Path each : made.filter(one -> one.toString().endsWith(".class")).toList()) {
        Files.copy(
            each,
            jar.getPath(classes.relativize(each).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void compile(Path source) {
    List<String> line = new ArrayList<>(List.of("-proc:none", "-parameters", "--release", "17"));
    line.addAll(List.of("-d", classes.toString(), "-cp", classPath(), source.toString()));
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, line.toArray(String[]::new))
        != 0) {
      throw new IllegalStateException("The planted bug does not compile: " + source);
    }
  }

  /** Surefire keeps the real one apart when the command line is too short for it. */
  private static String classPath() {
    return System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
  }
}
