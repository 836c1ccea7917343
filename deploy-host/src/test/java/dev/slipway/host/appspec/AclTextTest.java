package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AclTextTest {

  @ParameterizedTest
  @CsvSource({
    "u:bob:rwx, user:bob:rwx",
    "bob:7, user:bob:rwx",
    "bob:rw, user:bob:rw-",
    "g:dev:rx, group:dev:r-x",
    "m:rwx, mask::rwx",
    "m:7, mask::rwx",
    "m::rw, mask::rw-",
    "mask:5, mask::r-x",
    "d::7, default:user::rwx",
    "d:o:5, default:other::r-x",
    "d:g::5, default:group::r-x",
    "d:m:7, default:mask::rwx",
    "d:m::7, default:mask::rwx",
    "d:u:bob:5, default:user:bob:r-x",
    "default:user:bob:5, default:user:bob:r-x",
    "d:bob:rx, default:user:bob:r-x",
    "d:o::5, default:other::r-x",
    "u:m:7, user:mask:rwx",
    "g:o:7, group:other:rwx",
    "u:bob:, user:bob:---",
    "u:bob:-, user:bob:---",
    "u:bob:0, user:bob:---",
    "user:bob:xwr, user:bob:rwx",
    "u:bob:rrr, user:bob:r--",
  })
  void entries(String text, String canonical) throws RejectedText {
    assertThat(AclText.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "bob, Invalid acl entry (bob)",
    "'', Invalid acl entry ()",
    "d:d:bob:7, Invalid acl entry (d:d:bob:7)",
    "x:bob:7, Invalid acl entry (x:bob:7)",
    "m:bob:7, Invalid acl entry (m:bob:7)",
    "m:m:7, Invalid acl entry (m:m:7)",
    "o:bob:7, Invalid acl entry (o:bob:7)",
    "u:u:bob:7, Invalid acl entry (u:u:bob:7)",
    "d:u:bob:7:x, Invalid acl entry (d:u:bob:7:x)",
    "o:r, Use mode to set the base acl entry (o:r)",
    "o:7, Use mode to set the base acl entry (o:7)",
    "o::r, Use mode to set the base acl entry (o::r)",
    "other::5, Use mode to set the base acl entry (other::5)",
    "u::7, Use mode to set the base acl entry (u::7)",
    "g::7, Use mode to set the base acl entry (g::7)",
    ":7, Use mode to set the base acl entry (:7)",
    "u:bob:8, named u:bob:8 in the application specification file contains an invalid character"
        + " (8)",
    "u:bob:77, invalid character (7)",
    "u:bob:rwz, invalid character (z)",
  })
  void no_entries(String text, String reason) {
    RejectedText rejected = catchThrowableOfType(RejectedText.class, () -> AclText.parse(text));

    assertThat(rejected.reason()).startsWith("The deployment failed because ").contains(reason);
  }
}
