package dev.slipway.host.local;

import dev.slipway.appspec.AclEntry;
import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.Instruction;
import dev.slipway.host.plan.Instruction.Chmod;
import dev.slipway.host.plan.Instruction.Chown;
import dev.slipway.host.plan.Instruction.Copy;
import dev.slipway.host.plan.Instruction.Mkdir;
import dev.slipway.host.plan.Instruction.Semanage;
import dev.slipway.host.plan.Instruction.Setfacl;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Shows plans to people, one step per line. */
final class PlanText implements Instruction.Performer {

  private final PrintWriter out;

  PlanText(PrintWriter out) {
    this.out = out;
  }

  void show(HookPlan plan) {
    if (plan.isNoOp()) {
      out.println(plan.event() + ": nothing to run");
      return;
    }
    out.println(plan.event() + ", from " + plan.archive() + ":");
    plan.runs()
        .forEach(
            run ->
                out.println(
                    "  run "
                        + (run.path() == null
                            ? run.location() + " (refused: outside of the revision)"
                            : run.commandLine())
                        + ", at most "
                        + run.timeout().toSeconds()
                        + " s"));
  }

  void show(InstallPlan plan) {
    out.println("Install:");
    for (CleanupList.Entry entry : plan.cleanup().inRemovalOrder()) {
      switch (entry.kind()) {
        case PATH -> line("remove " + entry.path());
        case CONTEXT -> line("forget the SELinux context of " + entry.path());
      }
    }
    plan.instructions().forEach(instruction -> instruction.perform(this));
    plan.reaches().stream()
        .filter(reach -> reach.paths() == 0)
        .forEach(reach -> line("warning: " + reach.sentence()));
  }

  private void line(String text) {
    out.println("  " + text);
  }

  @Override
  public void mkdir(Mkdir mkdir) {
    line("make directory " + mkdir.directory());
  }

  @Override
  public void copy(Copy copy) {
    String what = copy.link() ? "link " : copy.replaces() ? "overwrite " : "copy ";
    line(what + copy.destination() + " from " + copy.source());
  }

  @Override
  public void chmod(Chmod chmod) {
    line("set mode " + chmod.mode() + " of " + chmod.file());
  }

  @Override
  public void setfacl(Setfacl setfacl) {
    String entries =
        setfacl.acl().stream().map(AclEntry::toString).collect(Collectors.joining(","));
    line("set access control " + entries + " of " + setfacl.file());
  }

  @Override
  public void semanage(Semanage semanage) {
    line("set SELinux type " + semanage.context().type() + " of " + semanage.file());
  }

  @Override
  public void chown(Chown chown) {
    String owner = chown.owner() == null ? "" : chown.owner();
    String group = chown.group() == null ? "" : ":" + chown.group();
    line("set owner " + owner + group + " of " + chown.file());
  }
}
