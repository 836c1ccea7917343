package dev.slipway.examples.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.zip.GZIPOutputStream;

/**
 * A revision of the sample application, as a bundle to deploy. The same revision gives the same
 * bytes, always, on the same JDK.
 *
 * @param version what its service says at {@code /VERSION}
 * @param isHealthy false gives a service that starts and then says that it is not well, so that
 *     ValidateService fails
 * @param owner {@code user:group} that its files are to belong to, which takes root on the host;
 *     empty leaves them to whoever installs them
 * @param padding bytes of noise to make the bundle larger
 */
public record SampleRevision(String version, boolean isHealthy, String owner, int padding) {

  private static final String[] FILES = {
    "appspec.yml",
    "bin/Web.java",
    "bin/serve",
    "scripts/service.sh",
    "scripts/start.sh",
    "scripts/stop.sh",
    "scripts/validate.sh",
    "www/index.html"
  };

  /** Returns a good revision of that version. */
  public static SampleRevision version(String version) {
    return new SampleRevision(version, true, "", 0);
  }

  /** Returns this revision with a service that does not pass ValidateService. */
  public SampleRevision unhealthy() {
    return new SampleRevision(version, false, owner, padding);
  }

  /** Returns this revision with files that belong to {@code user} and {@code group}. */
  public SampleRevision ownedBy(String user, String group) {
    return new SampleRevision(version, isHealthy, user + ":" + group, padding);
  }

  /** Returns this revision with that many bytes that do not compress. */
  public SampleRevision paddedBy(int bytes) {
    return new SampleRevision(version, isHealthy, owner, bytes);
  }

  /** Writes {@code sample-web-VERSION.tgz} into the directory and returns it. */
  public Path writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path archive = directory.resolve("sample-web-" + version + ".tgz");
    try (OutputStream file = Files.newOutputStream(archive);
        GZIPOutputStream zipped = new GZIPOutputStream(file)) {
      TarWriter tar = new TarWriter(zipped);
      for (Map.Entry<String, byte[]> each : content().entrySet()) {
        tar.file(each.getKey(), isProgram(each.getKey()) ? 0755 : 0644, each.getValue());
      }
      tar.finish();
    }
    return archive;
  }

  private NavigableMap<String, byte[]> content() throws IOException {
    NavigableMap<String, byte[]> content = new TreeMap<>();
    for (String name : FILES) {
      content.put(name, source(name));
    }
    content.putAll(compiled(source("bin/Web.java")));
    content.put("VERSION", (version + "\n").getBytes(UTF_8));
    content.put("www/health", (isHealthy ? "ok\n" : "out of order\n").getBytes(UTF_8));
    if (!owner.isEmpty()) {
      content.compute("appspec.yml", (name, appSpec) -> owned(new String(appSpec, UTF_8)));
    }
    if (padding > 0) {
      byte[] noise = new byte[padding];
      new Random(padding).nextBytes(noise);
      content.put("www/noise", noise);
    }
    return content;
  }

  private static byte[] source(String name) throws IOException {
    try (InputStream in = SampleRevision.class.getResourceAsStream("app/" + name)) {
      if (in == null) {
        throw new IOException("the sample application has no file " + name);
      }
      return in.readAllBytes();
    }
  }

  private byte[] owned(String appSpec) {
    String[] names = owner.split(":", -1);
    String owners = "    owner: " + names[0] + "\n    group: " + names[1] + "\n    mode:";
    return appSpec.replace("    mode:", owners).getBytes(UTF_8);
  }

  /** Without a compiler hosts that serve with Java start from the source, which takes longer. */
  private static Map<String, byte[]> compiled(byte[] source) throws IOException {
    ToolProvider javac = ToolProvider.findFirst("javac").orElse(null);
    if (javac == null) {
      return Map.of();
    }
    Path work = Files.createTempDirectory("sample-web");
    Path sourceFile = work.resolve("Web.java");
    Path classFile = work.resolve("Web.class");
    try {
      Files.write(sourceFile, source);
      ByteArrayOutputStream complaints = new ByteArrayOutputStream();
      PrintStream print = new PrintStream(complaints, true, UTF_8);
      int status =
          javac.run(print, print, "--release", "17", "-d", work.toString(), sourceFile.toString());
      if (status != 0) {
        throw new IOException("bin/Web.java does not compile: " + complaints.toString(UTF_8));
      }
      return Map.of("bin/Web.class", Files.readAllBytes(classFile));
    } finally {
      Files.deleteIfExists(sourceFile);
      Files.deleteIfExists(classFile);
      Files.deleteIfExists(work);
    }
  }

  private static boolean isProgram(String name) {
    return name.endsWith(".sh") || name.equals("bin/serve");
  }
}
