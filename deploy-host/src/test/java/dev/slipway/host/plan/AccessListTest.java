package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.AclEntry.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccessListTest {

  private static final AclEntry BOB = new AclEntry(false, Kind.USER, "bob", 6);

  @Test
  void takes_owner_group_others_and_mask_from_the_mode() {
    assertThat(AccessList.complete(List.of(BOB), 0640))
        .isEqualTo("user:bob:rw-,user::rw-,group::r--,other::---,mask::r--");
  }

  @Test
  void keeps_a_mask_that_was_asked_for() {
    AclEntry mask = new AclEntry(false, Kind.MASK, "", 7);

    assertThat(AccessList.complete(List.of(BOB, mask), 0640))
        .isEqualTo("user:bob:rw-,mask::rwx,user::rw-,group::r--,other::---");
  }

  @Test
  void completes_default_entries_too() {
    AclEntry named = new AclEntry(true, Kind.USER, "bob", 5);
    AclEntry group = new AclEntry(true, Kind.GROUP, "", 4);

    assertThat(AccessList.complete(List.of(named, group), 0750))
        .isEqualTo(
            "default:user:bob:r-x,default:group::r--,user::rwx,group::r-x,other::---,"
                + "default:user::rwx,default:other::---,default:mask::r--");
  }
}
