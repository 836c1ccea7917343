package dev.slipway.runtime.embedded;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.GroupPage;
import java.sql.SQLException;
import java.util.Optional;

/** The statements on the pages of deployment groups. */
final class PageRows {

  private PageRows() {}

  static Optional<GroupPage> read(Session session, String application, String deploymentGroup)
      throws SQLException {
    return session.first(
        "SELECT version, document FROM group_page WHERE application = ? AND deployment_group = ?",
        row -> new GroupPage(application, deploymentGroup, row.getLong(1), row.getString(2)),
        application,
        deploymentGroup);
  }

  static void write(Session session, GroupPage page) throws SQLException {
    long kept =
        session
            .first(
                "SELECT version FROM group_page WHERE application = ? AND deployment_group = ?",
                row -> row.getLong(1),
                page.application(),
                page.deploymentGroup())
            .orElse(0L);
    if (page.version() != kept + 1 || !replace(session, page)) {
      throw new StoreException(
          Reason.CONFLICT,
          "the page of deployment group %s/%s has version %d, so version %d cannot follow"
              .formatted(page.application(), page.deploymentGroup(), kept, page.version()));
    }
  }

  private static boolean replace(Session session, GroupPage page) throws SQLException {
    int rows =
        page.version() == 1
            ? session.update(
                "INSERT INTO group_page (version, document, application, deployment_group)"
                    + " VALUES (?, ?, ?, ?)",
                page.version(),
                page.document(),
                page.application(),
                page.deploymentGroup())
            : session.update(
                "UPDATE group_page SET version = ?, document = ? WHERE application = ?"
                    + " AND deployment_group = ? AND version = ?",
                page.version(),
                page.document(),
                page.application(),
                page.deploymentGroup(),
                page.version() - 1);
    return rows == 1;
  }
}
