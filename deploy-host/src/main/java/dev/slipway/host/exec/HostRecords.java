package dev.slipway.host.exec;

import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What deployments have left on this machine, and what an administrator can set right there.
 *
 * <p>Thread-safe. What changes something waits until no command of the group runs that belongs to
 * this library; commands of AWS's agent and of a push are not waited for.
 */
public final class HostRecords {

  private static final Logger LOG = LoggerFactory.getLogger(HostRecords.class);

  private final Layout layout;
  private final GroupLocks locks;

  /** Makes one for a deployment root, which need not be there. */
  public HostRecords(Layout layout) {
    this.layout = layout;
    this.locks = new GroupLocks(layout);
  }

  /**
   * Says what is there. Changes nothing.
   *
   * @throws IOException when something cannot be read
   */
  public HostStatus status() throws IOException {
    return new StatusReader(layout).read();
  }

  /**
   * Forgets which deployment of a group was installed last, so that the next deployment runs no
   * script of it: the way past an ApplicationStop that fails each time. What it has installed is
   * still known, and cleaned up.
   *
   * @return whether there was something to forget
   * @throws IOException when it cannot be forgotten
   * @throws InterruptedException when the thread is interrupted while it waits for the group
   */
  public boolean forgetLastInstall(String group) throws IOException, InterruptedException {
    Path pointer = Path.of(layout.lastSuccessfulPointer(group));
    if (!Files.exists(pointer)) {
      return false;
    }
    try (GroupLocks.Held held = locks.hold(group)) {
      LOG.debug("the last install of {} is forgotten under {}", group, held);
      return Files.deleteIfExists(pointer);
    }
  }

  /**
   * Makes what one group has installed that of another, as if that had installed it: its next
   * deployment removes it. A group that has installed nothing itself also takes over the other's
   * last revision, whose ApplicationStop then runs. For groups that were made anew under another
   * id, and for files that change hands. May be repeated after it was cut off.
   *
   * @param group who gets it
   * @param other whose it is; knows of no install afterwards
   * @return how many files, directories and contexts changed hands
   * @throws IOException when the lists cannot be read or written
   * @throws InterruptedException when the thread is interrupted while it waits for the groups
   */
  public int adopt(String group, String other) throws IOException, InterruptedException {
    if (group.equals(other)) {
      throw new IllegalArgumentException("the deployment group " + group + " cannot adopt itself");
    }
    List<String> inOrder = Stream.of(group, other).sorted().toList();
    try (GroupLocks.Held first = locks.hold(inOrder.get(0));
        GroupLocks.Held second = locks.hold(inOrder.get(1))) {
      LOG.debug("{} adopts what {} has installed, under {} and {}", group, other, first, second);
      return adoptLocked(group, other);
    }
  }

  private int adoptLocked(String group, String other) throws IOException {
    InstructionFiles own = new InstructionFiles(layout, group);
    InstructionFiles theirs = new InstructionFiles(layout, other);
    CleanupList adopted = theirs.cleanup();
    if (adopted.entries().isEmpty()) {
      return 0;
    }
    own.replaceCleanup(merged(own.cleanup(), adopted), timeOf(own, theirs));
    if (own.pointers().lastSuccessful() == null) {
      own.takePointersOf(theirs.pointers());
    }
    theirs.forgetCleanup();
    theirs.forgetInstalls();
    return adopted.entries().size();
  }

  private static FileTime timeOf(InstructionFiles own, InstructionFiles theirs) throws IOException {
    Optional<FileTime> time = own.cleanupTime();
    return time.isPresent() ? time.get() : theirs.cleanupTime().orElseThrow();
  }

  /** Parents come before what is in them, so that the removal in reverse order can do its work. */
  private static CleanupList merged(CleanupList one, CleanupList other) {
    return new CleanupList(
        Stream.concat(one.entries().stream(), other.entries().stream())
            .distinct()
            .sorted(Comparator.comparing(CleanupList.Entry::path))
            .toList());
  }
}
