package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Documents} keeps to. A test extends this class and says which documents; each
 * test gets new, empty ones.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DocumentsContract {

  /** Makes one. */
  protected DocumentsContract() {}

  /** Returns the documents, the same ones throughout a test. */
  protected abstract Documents documents();

  @Test
  void a_document_is_kept_as_it_is_and_counts_its_versions() {
    documents().write(List.of(put("app", "wéb", 0, "{\"a\": \"\\n'\u2028\"}")));
    assertThat(documents().read("app", "wéb"))
        .contains(new Document("app", "wéb", 1, "{\"a\": \"\\n'\u2028\"}"));

    documents().write(List.of(put("app", "wéb", 1, "{}")));

    assertThat(documents().read("app", "wéb")).contains(new Document("app", "wéb", 2, "{}"));
    assertThat(documents().read("app", "WÉB")).isEmpty();
    assertThat(documents().read("group", "wéb")).isEmpty();
  }

  @Test
  void a_removed_document_is_gone_and_its_key_free() {
    documents().write(List.of(put("app", "web", 0, "{}")));

    documents().write(List.of(new DocumentChange("app", "web", 1, null)));

    assertThat(documents().read("app", "web")).isEmpty();
    documents().write(List.of(put("app", "web", 0, "[]")));
    assertThat(documents().read("app", "web")).contains(new Document("app", "web", 1, "[]"));
  }

  @Test
  void all_changes_are_made_or_none() {
    documents().write(List.of(put("app", "web", 0, "{}")));

    assertConflict(
        () ->
            documents()
                .write(
                    List.of(
                        put("app", "api", 0, "{}"),
                        new DocumentChange("app", "web", 1, null),
                        put("guard", "all", 7, "{}"))));

    assertThat(documents().list("app", "", "", 10))
        .extracting(Document::key)
        .containsExactly("web");
  }

  @Test
  void another_version_than_the_expected_one_is_a_conflict() {
    documents().write(List.of(put("app", "web", 0, "{}")));

    assertConflict(() -> documents().write(List.of(put("app", "web", 0, "{}"))));
    assertConflict(() -> documents().write(List.of(put("app", "web", 2, "{}"))));
    assertConflict(() -> documents().write(List.of(new DocumentChange("app", "web", 2, null))));
    assertConflict(() -> documents().write(List.of(put("app", "api", 1, "{}"))));
    assertThat(documents().read("app", "web")).contains(new Document("app", "web", 1, "{}"));
  }

  @Test
  void documents_are_listed_by_prefix_in_the_order_of_their_keys() {
    documents()
        .write(
            List.of(
                put("group", "b/2", 0, "{}"),
                put("group", "a/1", 0, "{}"),
                put("group", "b/1", 0, "{}"),
                put("group", "b/10", 0, "{}"),
                put("group", "B/3", 0, "{}"),
                put("group", "c/1", 0, "{}"),
                put("app", "b/9", 0, "{}")));

    assertThat(keys("", "", 10)).containsExactly("B/3", "a/1", "b/1", "b/10", "b/2", "c/1");
    assertThat(keys("b/", "", 10)).containsExactly("b/1", "b/10", "b/2");
    assertThat(keys("b/", "b/1", 1)).containsExactly("b/10");
    assertThat(keys("b/", "b/2", 10)).isEmpty();
    assertThat(keys("%", "", 10)).isEmpty();
    assertThat(keys("", "", 0)).isEmpty();
  }

  private List<String> keys(String prefix, String after, int limit) {
    return documents().list("group", prefix, after, limit).stream().map(Document::key).toList();
  }

  private static DocumentChange put(String kind, String key, long expected, String json) {
    return new DocumentChange(kind, key, expected, json);
  }

  private static void assertConflict(ThrowingCallable write) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(write)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
  }
}
