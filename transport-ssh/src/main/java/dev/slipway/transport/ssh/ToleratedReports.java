package dev.slipway.transport.ssh;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports whose failures end no event: what happens on a host does not depend on who hears it. */
record ToleratedReports(Reports reports) implements Reports {

  private static final Logger LOG = LoggerFactory.getLogger(ToleratedReports.class);

  @Override
  public void acknowledged(CommandKey key) {
    tell(key, () -> reports.acknowledged(key));
  }

  @Override
  public void output(CommandKey key, String lines) {
    tell(key, () -> reports.output(key, lines));
  }

  @Override
  public void finished(CommandKey key, Diagnostics diagnostics) {
    tell(key, () -> reports.finished(key, diagnostics));
  }

  @Override
  public void unreachable(CommandKey key, UnreachableReason reason, String message) {
    tell(key, () -> reports.unreachable(key, reason, message));
  }

  @Override
  public void back(CommandKey key) {
    tell(key, () -> reports.back(key));
  }

  private static void tell(CommandKey key, Runnable report) {
    try {
      report.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: a report was not taken", key, e);
    }
  }
}
