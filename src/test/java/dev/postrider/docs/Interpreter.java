package dev.postrider.docs;

import dev.postrider.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Runs examples as a reader would, each with its language's own program; skips the test where that
 * or its Redis client is missing.
 */
enum Interpreter {
  SH("producer.sh", "sh") {
    @Override
    void run(Program program, String file) {
      program.run(QUICK, "-eu", file);
    }
  },
  RUBY("producer.rb", "ruby") {
    @Override
    void run(Program program, String file) {
      program.onlyIfItSucceeds("ruby-redis", QUICK, "-rredis", "-e", "").run(QUICK, file);
    }
  },
  PYTHON("producer.py", "python3") {
    @Override
    void run(Program program, String file) {
      program.onlyIfItSucceeds("python3-redis", QUICK, "-c", "import redis").run(QUICK, file);
    }
  },
  JS("producer.js", "node") {
    @Override
    void run(Program program, String file) {
      program
          .with("NODE_PATH", "/usr/share/nodejs")
          .onlyIfItSucceeds("node-redis", QUICK, "-e", "require('redis')")
          .run(QUICK, file);
    }
  },
  GO("producer.go", "go") {
    @Override
    void run(Program program, String file) {
      program
          .with("GO111MODULE", "off")
          .with("GOPATH", "/usr/share/gocode")
          .with("GOCACHE", Path.of(file).resolveSibling("cache").toString())
          .onlyIfItSucceeds("go-redigo", QUICK, "list", "github.com/gomodule/redigo/redis")
          .run(COMPILING, "run", file);
    }
  },
  PHP("producer.php", "php") {
    @Override
    void run(Program program, String file) {
      program
          .onlyIfItSucceeds("php-redis", QUICK, "-r", "exit((int) !extension_loaded('redis'));")
          .run(QUICK, file);
    }
  },
  JAVA("Producer.java", "java") {
    @Override
    void run(Program program, String file) {
      program.run(QUICK, "-cp", System.getProperty("java.class.path"), file);
    }
  };

  private static final Duration QUICK = Duration.ofSeconds(60);

  /** Go compiles its own library first. */
  private static final Duration COMPILING = Duration.ofMinutes(3);

  private final String file;
  private final String program;

  Interpreter(String file, String program) {
    this.file = file;
    this.program = program;
  }

  abstract void run(Program program, String file);

  /** Runs the code to its end, which must be a success. */
  void run(String code, Path directory, String redisUrl) throws IOException {
    Path written = Files.writeString(directory.resolve(file), code);
    run(Program.needed(program, directory).with("REDIS_URL", redisUrl), written.toString());
  }

  /** As code blocks name it. */
  String language() {
    return name().toLowerCase(Locale.ROOT);
  }
}
