package dev.slipway.host.bundle;

import java.io.IOException;

/** Hands entries on, and tells after each. */
final class WatchedSink implements MemberSink {

  private final MemberSink sink;
  private final Runnable taken;

  WatchedSink(MemberSink sink, Runnable taken) {
    this.sink = sink;
    this.taken = taken;
  }

  @Override
  public void directory(Member member) throws IOException {
    sink.directory(member);
    taken.run();
  }

  @Override
  public void file(Member member, long size, Content content) throws IOException {
    sink.file(member, size, content);
    taken.run();
  }

  @Override
  public void symlink(Member member, String target) throws IOException {
    sink.symlink(member, target);
    taken.run();
  }

  @Override
  public void hardlink(Member member, String earlier) throws IOException {
    sink.hardlink(member, earlier);
    taken.run();
  }
}
