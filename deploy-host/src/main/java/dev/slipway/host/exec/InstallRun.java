package dev.slipway.host.exec;

import dev.slipway.host.plan.AccessList;
import dev.slipway.host.plan.CleanupList.Kind;
import dev.slipway.host.plan.HostNames;
import dev.slipway.host.plan.Instruction;
import dev.slipway.host.plan.Instruction.Chmod;
import dev.slipway.host.plan.Instruction.Chown;
import dev.slipway.host.plan.Instruction.Copy;
import dev.slipway.host.plan.Instruction.Mkdir;
import dev.slipway.host.plan.Instruction.Semanage;
import dev.slipway.host.plan.Instruction.Setfacl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Does the instructions of one install, writing down first what it is about to create.
 *
 * <p>In a large install regular files wait until there are many to copy. Directories may be made
 * before files that come before them, which changes nothing for either: a file's own directory is
 * there, and a directory is only made where nothing is. Everything else waits for the files.
 */
final class InstallRun implements Instruction.Performer {

  private static final int PERMISSION_BITS = 0777;
  private static final int ALL_BITS = 07777;

  /** From so many instructions on, files wait for each other. */
  private static final int LARGE = 256;

  private static final int MOST_WAITING = 1024;

  private final List<Instruction> instructions;
  private final CleanupJournal journal;
  private final CopyBatch files;
  private final Progress progress;

  /**
   * Makes one.
   *
   * @param keepSetIdBits as in {@link FileCopy}
   */
  InstallRun(
      List<Instruction> instructions,
      CleanupJournal journal,
      boolean keepSetIdBits,
      OutputListener listener) {
    this.instructions = instructions;
    this.journal = journal;
    this.files = new CopyBatch(keepSetIdBits, instructions.size() < LARGE ? 1 : MOST_WAITING);
    this.progress = new Progress(listener, instructions.size());
  }

  /** Does them in order; the first that cannot be done ends the install. */
  void run() throws IOException {
    try {
      instructions.forEach(instruction -> instruction.perform(this));
      settle();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns where nothing was made although the journal names it, when the install failed. */
  Set<String> untouched() {
    return files.untouched();
  }

  /** Copies the files that wait. */
  private void settle() throws IOException {
    journal.write();
    for (int copied = files.copyAll(); copied > 0; copied--) {
      progress.another();
    }
  }

  @Override
  public void mkdir(Mkdir mkdir) {
    attempt(
        () -> {
          long before = journal.add(Kind.PATH, mkdir.directory());
          try {
            Files.createDirectory(Path.of(mkdir.directory()));
          } catch (IOException e) {
            journal.takeBack(before);
            // What comes before it was to be done, and may fail first.
            settle();
            throw e;
          }
          progress.another();
        });
  }

  @Override
  public void copy(Copy copy) {
    if (copy.link() || copy.replaces()) {
      alone(() -> replaceOrLink(copy));
      return;
    }
    journal.note(Kind.PATH, copy.destination());
    files.add(copy);
    if (files.isFull()) {
      attempt(this::settle);
    }
  }

  private void replaceOrLink(Copy copy) throws IOException {
    Path destination = Path.of(copy.destination());
    journal.add(Kind.PATH, copy.destination());
    if (copy.replaces()) {
      Files.deleteIfExists(destination);
    }
    if (copy.link()) {
      Files.createSymbolicLink(destination, Files.readSymbolicLink(Path.of(copy.source())));
    } else {
      files.add(copy);
      files.copyAll();
    }
  }

  @Override
  public void chmod(Chmod chmod) {
    int mode = Integer.parseInt(chmod.mode(), 8);
    alone(() -> Files.setAttribute(Path.of(chmod.file()), "unix:mode", mode & ALL_BITS));
  }

  @Override
  public void setfacl(Setfacl setfacl) {
    alone(
        () -> {
          int mode = (Integer) Files.getAttribute(Path.of(setfacl.file()), "unix:mode");
          String list = AccessList.complete(setfacl.acl(), mode & PERMISSION_BITS);
          List<String> command = List.of("setfacl", "--set", list, setfacl.file());
          Tool.Result result = Tool.runWithoutInterruption(command);
          if (result.status() != 0) {
            throw new HostCommandFailedException(
                "The deployment failed because of a problem with the acls permission settings in"
                    + " the application specification file for this object: "
                    + setfacl.file()
                    + ". Failed command: "
                    + String.join(" ", command)
                    + ". Exit code: pid "
                    + result.pid()
                    + " exit "
                    + result.status());
          }
        });
  }

  @Override
  public void semanage(Semanage semanage) {
    alone(
        () -> {
          String path = Path.of(semanage.file()).toRealPath().toString();
          // Links of the host can lead to names that no bundle would be allowed.
          if (!HostNames.canBeListed(path)) {
            throw new HostCommandFailedException(HostNames.contextRefusal(path));
          }
          List<String> add = new ArrayList<>(List.of("semanage", "fcontext", "-a"));
          if (semanage.context().user() != null) {
            add.addAll(List.of("-s", semanage.context().user()));
          }
          add.addAll(List.of("-t", semanage.context().type()));
          if (semanage.context().range() != null) {
            add.addAll(List.of("-r", semanage.context().range()));
          }
          add.add(path);
          long before = journal.add(Kind.CONTEXT, path);
          try {
            requireContext(add);
          } catch (HostCommandFailedException e) {
            journal.takeBack(before);
            throw e;
          }
          requireContext(List.of("restorecon", "-v", path));
        });
  }

  private static void requireContext(List<String> command) throws IOException {
    Tool.Result result = Tool.runWithoutInterruption(command);
    if (result.status() != 0) {
      throw new HostCommandFailedException(
          "The deployment failed because the application specification file contains an error in"
              + " the settings for the context parameter. Update the permissions section of the"
              + " AppSpec file, and then try again. Failed command: "
              + String.join(" ", command)
              + ". Exit code: pid "
              + result.pid()
              + " exit "
              + result.status());
    }
  }

  @Override
  public void chown(Chown chown) {
    alone(
        () -> {
          Path file = Path.of(chown.file());
          UserPrincipalLookupService accounts =
              file.getFileSystem().getUserPrincipalLookupService();
          PosixFileAttributeView view =
              Files.getFileAttributeView(file, PosixFileAttributeView.class);
          if (chown.owner() != null) {
            view.setOwner(user(accounts, chown.owner()));
          }
          if (chown.group() != null) {
            view.setGroup(group(accounts, chown.group()));
          }
        });
  }

  private static UserPrincipal user(UserPrincipalLookupService accounts, String name)
      throws IOException {
    try {
      if (!isNumber(name)) {
        return accounts.lookupPrincipalByName(name);
      }
    } catch (UserPrincipalNotFoundException e) {
      // Said below, together with numbers.
    }
    throw new HostCommandFailedException("can't find user for " + name);
  }

  private static GroupPrincipal group(UserPrincipalLookupService accounts, String name)
      throws IOException {
    try {
      if (!isNumber(name)) {
        return accounts.lookupPrincipalByGroupName(name);
      }
    } catch (UserPrincipalNotFoundException e) {
      // Said below, together with numbers.
    }
    throw new HostCommandFailedException("can't find group for " + name);
  }

  /** Accounts go by name: Java would take a number for an id, CodeDeploy does not. */
  private static boolean isNumber(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Something that can fail as files do. */
  private interface Work {
    void run() throws IOException;
  }

  /** Does what may be about files that wait, after them. */
  private void alone(Work work) {
    attempt(
        () -> {
          settle();
          work.run();
          progress.another();
        });
  }

  private static void attempt(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
