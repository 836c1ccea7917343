package dev.slipway.host.plan;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.appspec.ObjectType;
import dev.slipway.appspec.Permission;
import dev.slipway.appspec.SelinuxContext;
import dev.slipway.host.plan.DesiredInstall.Step;
import dev.slipway.host.plan.InstallPlan.Reach;
import dev.slipway.host.plan.Instruction.Chmod;
import dev.slipway.host.plan.Instruction.Chown;
import dev.slipway.host.plan.Instruction.Copy;
import dev.slipway.host.plan.Instruction.Mkdir;
import dev.slipway.host.plan.Instruction.Semanage;
import dev.slipway.host.plan.Instruction.Setfacl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the plan of an install from what it wants and how the host is. Used once. */
final class InstallResolver {

  /** How many links a kernel follows. */
  private static final int LONGEST_CHAIN = 40;

  /** The types that version 2 of AWS's agent refuses when it is told to. */
  private static final Set<String> UNCONFINED = Set.of("unconfined_t", "kernel_t", "init_t");

  private final DesiredInstall desired;
  private final HostFacts facts;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Reach> reaches = new ArrayList<>();
  private final Map<String, String> copied = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final Set<String> made = new LinkedHashSet<>();
  private final Set<String> permitted = new LinkedHashSet<>();

  InstallResolver(DesiredInstall desired, HostFacts facts) {
    this.desired = desired;
    this.facts = facts;
  }

  InstallPlan plan(CleanupList cleanup) {
    refuseUnconfinedContexts();
    desired.steps().forEach(this::place);
    desired.appSpec().permissions().forEach(this::permit);
    return new InstallPlan(cleanup, instructions, reaches);
  }

  /** Refuses what would take a program out of confinement, before anything is touched. */
  private void refuseUnconfinedContexts() {
    if (desired.choices().contains(HostChoice.UNCONFINED_CONTEXTS)) {
      return;
    }
    for (Permission permission : desired.appSpec().permissions()) {
      SelinuxContext context = permission.context();
      if (context != null && UNCONFINED.contains(context.type())) {
        throw new InstallRefusedException(
            "The deployment failed because the application specification file gives "
                + permission.object()
                + " the SELinux type "
                + context.type()
                + ", which disables mandatory access controls. Name another type, or choose "
                + HostChoice.UNCONFINED_CONTEXTS.optionName()
                + " for the host.");
      }
    }
  }

  private void place(Step step) {
    PathState found = facts.at(step.destination());
    switch (step.kind()) {
      case ANCESTOR -> {
        if (found == PathState.DANGLING_LINK) {
          throw new InstallRefusedException("File exists @ dir_s_mkdir - " + step.destination());
        } else if (found == PathState.ABSENT) {
          mkdir(step);
        } else if (!found.isDirectory()) {
          throw new InstallRefusedException(
              "Not a directory @ dir_s_mkdir - " + step.destination());
        }
      }
      case DIRECTORY -> {
        if (!found.isDirectory()) {
          if (found != PathState.ABSENT) {
            throw new InstallRefusedException("File exists @ dir_s_mkdir - " + step.destination());
          }
          mkdir(step);
        }
      }
      case FILE, LINK -> file(step, found);
    }
  }

  private void mkdir(Step step) {
    String source = copied.get(step.destination());
    if (source != null) {
      throw new InstallRefusedException(
          "The deployment failed because the application specification file includes an mkdir"
              + " command more than once for the same destination path ("
              + step.destination()
              + ") from ("
              + source
              + "). Update the files section of the AppSpec file, and then try again.");
    }
    if (made.add(step.destination())) {
      instructions.add(new Mkdir(step.destination()));
    }
  }

  private void file(Step step, PathState found) {
    boolean wanted = !found.exists() || behavior(step) == FileExistsBehavior.OVERWRITE;
    if (wanted) {
      copy(step, found);
    }
  }

  /** Returns what to do with a file in the way; refuses what does not let the install go on. */
  private FileExistsBehavior behavior(Step step) {
    FileExistsBehavior asked = desired.appSpec().fileExistsBehavior();
    String name = asked == null ? desired.fileExistsBehavior() : asked.name();
    return switch (name) {
      case "OVERWRITE" -> FileExistsBehavior.OVERWRITE;
      case "RETAIN" -> FileExistsBehavior.RETAIN;
      case "DISALLOW" ->
          throw new InstallRefusedException(
              "The deployment failed because a specified file already exists at this location: "
                  + step.written(),
              step.destination());
      default ->
          throw new InstallRefusedException(
              "The deployment failed because an invalid option was specified for"
                  + " fileExistsBehavior: "
                  + name
                  + ". Valid options include OVERWRITE, RETAIN, and DISALLOW.");
    };
  }

  private void copy(Step step, PathState found) {
    String destination = step.destination();
    String earlier = copied.get(destination);
    if (earlier != null) {
      throw new InstallRefusedException(
          "The deployment failed because the application specification file specifies two source"
              + " files named "
              + step.source()
              + " and "
              + earlier
              + " for the same destination ("
              + destination
              + "). Remove one of the source file paths from the AppSpec file, and then try"
              + " again.");
    }
    if (made.contains(destination) || found == PathState.DIRECTORY) {
      throw new InstallRefusedException(
          "The deployment failed because the application specification file calls for installing"
              + " the file "
              + step.source()
              + ", but a file with that name already exists at the location ("
              + destination
              + "). Update your AppSpec file or directory structure, and then try again.");
    }
    if (step.kind() == DesiredInstall.Kind.LINK && found.exists()) {
      throw new InstallRefusedException(
          "File exists @ rb_file_s_symlink - (" + step.source() + ", " + destination + ")");
    }
    copied.put(destination, step.source());
    if (step.kind() == DesiredInstall.Kind.LINK) {
      links.put(destination, step.linkTarget());
    }
    instructions.add(
        new Copy(
            step.source(),
            destination,
            step.kind() == DesiredInstall.Kind.LINK,
            found != PathState.ABSENT));
  }

  private void permit(Permission permission) {
    String object = desired.paths().place(permission.object());
    int before = permitted.size();
    if (copied.containsKey(object)) {
      permitFile(permission, object);
    } else if (made.contains(object) || facts.at(object).isDirectory()) {
      permitBelow(permission, object);
    }
    reaches.add(new Reach(permission.object(), permission.pattern(), permitted.size() - before));
  }

  private void permitFile(Permission permission, String object) {
    if (!permission.types().contains(ObjectType.FILE)) {
      return;
    }
    if (!permission.pattern().equals(Permission.EVERYTHING)) {
      throw new InstallRefusedException(
          "The deployment failed because the application specification file includes an object ("
              + object
              + ") with an invalid pattern ("
              + permission.pattern()
              + "), such as a pattern for a file applied to a directory. Correct the permissions"
              + " section of the AppSpec file, and then try again.");
    }
    if (!permission.except().isEmpty()) {
      throw new InstallRefusedException(
          "The deployment failed because the except parameter for a pattern in the permissions"
              + " section ("
              + RubyText.inspect(permission.except())
              + ") for the object named "
              + object
              + " contains an invalid format. Update the AppSpec file, and then try again.");
    }
    refuseDefaultAcl(permission);
    apply(permission, object);
  }

  private void permitBelow(Permission permission, String object) {
    ObjectPattern pattern =
        new ObjectPattern(
            object, permission, desired.choices().contains(HostChoice.PATTERNS_OVER_DIRECTORIES));
    if (permission.types().contains(ObjectType.FILE)) {
      for (String file : copied.keySet()) {
        if (pattern.appliesTo(file)) {
          refuseDefaultAcl(permission);
          apply(permission, file);
        }
      }
    }
    if (permission.types().contains(ObjectType.DIRECTORY)) {
      made.stream().filter(pattern::appliesTo).forEach(dir -> apply(permission, dir));
    }
  }

  private static void refuseDefaultAcl(Permission permission) {
    if (permission.acls().stream().anyMatch(AclEntry::isDefault)) {
      throw new InstallRefusedException(
          "The deployment failed because the -d parameter has been specified to apply an acl"
              + " setting to a file. This parameter is supported for directories only. Update the"
              + " AppSpec file, and then try again.");
    }
  }

  /** Refuses to change what a link leads to, unless this install brings that too. */
  private void refuseOutwardLink(String path) {
    String at = path;
    for (int hops = 0; hops <= LONGEST_CHAIN; hops++) {
      String target = links.get(at);
      if (target == null) {
        if (copied.containsKey(at) || made.contains(at)) {
          return;
        }
        break;
      }
      at =
          HostPaths.normalise(
              target.startsWith("/") ? target : HostPaths.parentOf(at) + "/" + target);
    }
    throw new InstallRefusedException(
        "The deployment failed because the permission target "
            + path
            + " is a symbolic link to something that this deployment does not install. Reference"
            + " the real target path in the AppSpec permissions section, and then try again.");
  }

  private void apply(Permission permission, String path) {
    refuseOutwardLink(path);
    if (!permitted.add(path)) {
      throw new InstallRefusedException(
          "The deployment failed because the permissions setting for ("
              + path
              + ") is specified more than once in the application specification file. Update the"
              + " files section of the AppSpec file, and then try again.");
    }
    if (permission.mode() != null) {
      instructions.add(new Chmod(permission.mode(), path));
    }
    if (!permission.acls().isEmpty()) {
      instructions.add(new Setfacl(permission.acls(), path));
    }
    if (permission.context() != null) {
      instructions.add(new Semanage(permission.context(), path));
    }
    if (permission.owner() != null || permission.group() != null) {
      instructions.add(new Chown(permission.owner(), permission.group(), path));
      if (permission.mode() != null && desired.choices().contains(HostChoice.MODE_AFTER_OWNER)) {
        instructions.add(new Chmod(permission.mode(), path));
      }
    }
  }
}
