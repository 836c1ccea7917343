# What a host is like before a deployment, in place of serving one: it looks, and changes nothing.
#
# Reads lines of a word and a name, the last of which is LOOK:
#
#   DESTINATION path    ACCOUNT name    GROUP name    TOOL name
#
# and answers with a frame for each thing that is of interest, and then with LOOKED.

# The directory that there is at $1 or above it, into $found.
look_above() {
  found=$1
  while [ -n "$found" ] && [ ! -d "$found" ]; do
    found=${found%/*}
  done
  found=${found:-/}
}

# Whether path $1 could be written to, and how much would fit there.
look_at_place() {
  look_above "$1"
  { [ -w "$found" ] && [ -x "$found" ]; } || say "READONLY $found"
  # The last line of this form begins with a name, and has the free kilobytes in the fourth place.
  df -Pk "$found" 2>/dev/null | {
    kilobytes=
    while read -r device all used free more; do kilobytes=$free; done
    case $kilobytes in "" | *[!0-9]*) ;; *) say "SPACE $kilobytes $1" ;; esac
  }
}

# Whether there is an entry for name $2 in database $1. A number is no name: Install refuses it.
is_known() {
  case $2 in *[!0-9]*) ;; *) return 1 ;; esac
  if command -v getent >/dev/null 2>&1; then
    getent "$1" "$2" >/dev/null 2>&1
    return
  fi
  while IFS=: read -r name more; do
    [ "$name" != "$2" ] || return 0
  done <"/etc/$1"
  return 1
}

look() {
  host_root=$6
  LC_ALL=C
  export LC_ALL
  read_uid
  if [ -n "$1" ]; then
    places "$1" "$2" "$3"
  elif [ "$uid" = 0 ]; then
    places "$host_root/opt/codedeploy-agent/deployment-root" "$2" "$3"
  else
    places "$host_root$HOME/.slipway/deployment-root" "$2" "$3"
  fi
  # It leaves when something is missing.
  (check_tools)
  command -v df >/dev/null 2>&1 || say "MISSING df"
  say "CLOCK $(date +%s)"
  say "USER $uid $(id -un 2>/dev/null)"
  say "ROOT $root"
  look_for_agent
  look_at_place "$root"
  while read -r word name; do
    case $word in
      DESTINATION) look_at_place "$host_root$name" ;;
      ACCOUNT) is_known passwd "$name" || say "NOACCOUNT $name" ;;
      GROUP) is_known group "$name" || say "NOGROUP $name" ;;
      TOOL) command -v "$name" >/dev/null 2>&1 || say "NOTOOL $name" ;;
      LOOK) break ;;
    esac
  done
  say "LOOKED"
}

look "$@"
