package dev.slipway.host.plan;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.SelinuxContext;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step of an install. All paths are absolute. */
public sealed interface Instruction {

  /** Hands this instruction to the method that does it. */
  void perform(Performer performer);

  /** Returns the instruction as JSON, member for member as AWS's agent writes it. */
  String toJson();

  /** Does instructions. A method that cannot do its part throws. */
  interface Performer {

    /** Makes one directory. */
    void mkdir(Mkdir mkdir);

    /** Copies one file or symbolic link. */
    void copy(Copy copy);

    /** Sets a mode. */
    void chmod(Chmod chmod);

    /** Sets an access control list. */
    void setfacl(Setfacl setfacl);

    /** Sets an SELinux context. */
    void semanage(Semanage semanage);

    /** Sets owner, group or both. */
    void chown(Chown chown);
  }

  /**
   * Make one directory, whose parent exists.
   *
   * @param directory the directory
   */
  record Mkdir(String directory) implements Instruction {
    @Override
    public void perform(Performer performer) {
      performer.mkdir(this);
    }

    @Override
    public String toJson() {
      return "{\"type\":\"mkdir\",\"directory\":" + Json.string(directory) + "}";
    }
  }

  /**
   * Copy a file with its mode, owner and times, or make a symbolic link with the same text. Bits
   * that let a program run as somebody else are not copied.
   *
   * @param source the file in the unpacked revision
   * @param destination the file on the host, in a directory that exists
   * @param link whether the source is a symbolic link
   * @param replaces whether something that is no directory may be at the destination; it is removed
   *     first, never written through
   */
  record Copy(String source, String destination, boolean link, boolean replaces)
      implements Instruction {
    @Override
    public void perform(Performer performer) {
      performer.copy(this);
    }

    @Override
    public String toJson() {
      return "{\"type\":\"copy\",\"source\":"
          + Json.string(source)
          + ",\"destination\":"
          + Json.string(destination)
          + "}";
    }
  }

  /**
   * Set a mode.
   *
   * @param mode three or four octal digits
   * @param file the file or directory; a link is followed
   */
  record Chmod(String mode, String file) implements Instruction {
    @Override
    public void perform(Performer performer) {
      performer.chmod(this);
    }

    @Override
    public String toJson() {
      return "{\"type\":\"chmod\",\"mode\":"
          + Json.string(mode)
          + ",\"file\":"
          + Json.string(file)
          + "}";
    }
  }

  /**
   * Set an access control list. What {@code setfacl} gets is completed from the file's own mode,
   * see {@link AccessList}.
   *
   * @param acl the entries of the AppSpec
   * @param file the file or directory
   */
  record Setfacl(List<AclEntry> acl, String file) implements Instruction {
    /** Copies the entries in. */
    public Setfacl {
      acl = List.copyOf(acl);
    }

    @Override
    public void perform(Performer performer) {
      performer.setfacl(this);
    }

    @Override
    public String toJson() {
      return "{\"type\":\"setfacl\",\"acl\":["
          + acl.stream()
              .map(entry -> Json.string(entry.toString()))
              .collect(Collectors.joining(","))
          + "],\"file\":"
          + Json.string(file)
          + "}";
    }
  }

  /**
   * Set an SELinux context.
   *
   * @param context the context
   * @param file the file or directory
   */
  record Semanage(SelinuxContext context, String file) implements Instruction {
    @Override
    public void perform(Performer performer) {
      performer.semanage(this);
    }

    @Override
    public String toJson() {
      return "{\"type\":\"semanage\",\"context\":{\"user\":"
          + Json.string(context.user())
          + ",\"role\":null,\"type\":"
          + Json.string(context.type())
          + ",\"range\":"
          + Json.string(context.range())
          + "},\"file\":"
          + Json.string(file)
          + "}";
    }
  }

  /**
   * Set owner, group or both, by name.
   *
   * @param owner the account, or null to leave it
   * @param group the group, or null to leave it
   * @param file the file or directory; a link is followed
   */
  record Chown(@Nullable String owner, @Nullable String group, String file) implements Instruction {
    @Override
    public void perform(Performer performer) {
      performer.chown(this);
    }

    @Override
    public String toJson() {
      return "{\"type\":\"chown\",\"owner\":"
          + Json.string(owner)
          + ",\"group\":"
          + Json.string(group)
          + ",\"file\":"
          + Json.string(file)
          + "}";
    }
  }
}
