# shellcheck shell=sh
#
# The runner: what Slipway executes on a host, with nothing installed there.
#
# It reads commands on standard input and answers with frames on standard output:
#
#   =WORD arguments            a frame
#   +WORD arguments N          a frame that N bytes and a newline follow
#   anything else              a line that the running event wrote
#
# Commands, one a line; where N bytes follow, they follow at once:
#
#   FILE name N                keeps N bytes for the next RUN: its plan, and what the plan needs;
#                              a name that ends in .gz is unpacked
#   FACTS N M [.gz]            what is at the paths in N bytes, and how much in those in M bytes
#   HOMES N                    where the accounts in those N bytes live
#   RUN event attempt generation offset
#                              starts an event, once; when it is known already, follows it
#   ASK event attempt offset   follows an event if it is known
#   BAR event attempt offset   sees to it that an event does not start, or follows it if it has
#   STOP event attempt         ends the event's script: TERM, and KILL five seconds later
#   RELEASE                    the deployment is over
#
# The end of the input ends this process, never an event: that runs in a session of its own (role
# "event"), writes to files below its ticket, and does not notice whether anybody listens. A ticket
# is a directory, so that only one can make it; its parts appear by rename.
#
# Text from outside is never read as shell source. Many names come with a zero byte behind each, for
# xargs. A single text is a line with the number of lines it goes over, then these lines; see text().
#
# This file travels in single quotes, so it holds none. Lines that are only a comment stay at home.

set -u
role=$1
shift

# Exactly $1 bytes of the input, and not one that comes after them.
take() {
  if [ "$exact" = head ]; then
    head -c "$1"
    return
  fi
  blocks=$(($1 / 65536))
  rest=$(($1 % 65536))
  if [ "$blocks" -gt 0 ]; then
    dd bs=65536 count="$blocks" iflag=fullblock 2>/dev/null || return 1
  fi
  if [ "$rest" -gt 0 ]; then
    dd bs="$rest" count=1 iflag=fullblock 2>/dev/null || return 1
  fi
}

# The next text of the input, into $text.
text() {
  IFS= read -r lines && IFS= read -r text || return 1
  while [ "$lines" -gt 1 ]; do
    IFS= read -r more || return 1
    text="$text
$more"
    lines=$((lines - 1))
  done
}

size_of() {
  size=$(wc -c <"$1") || size=0
  size=$((size))
}

# The SHA-256 of file $1.
sum_of() {
  if [ "$sum" = sha256sum ]; then
    found=$(sha256sum <"$1")
  else
    found=$(openssl dgst -sha256 -r <"$1")
  fi
  echo "${found%% *}"
}

# The highest generation that the group's lock has seen, into $highest.
look_at_lock() {
  highest=0
  for seen in "$locks"/[0-9]*; do
    seen=${seen##*/}
    if [ "$seen" != "[0-9]*" ] && [ "$seen" -gt "$highest" ]; then
      highest=$seen
    fi
  done
}

# The start of process $1, which tells it from a later one with the same number, into $birth.
birth_of() {
  birth=
  [ -r "/proc/$1/stat" ] && read -r line <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2086 # numbers, to be split; the name before them ends in a bracket
  set -- ${line##*) }
  [ "$1" != Z ] && birth=${20}
}

read_boot() {
  boot=unknown
  [ -r /proc/sys/kernel/random/boot_id ] && read -r boot </proc/sys/kernel/random/boot_id
}

# Whether the process of ticket $1 still runs; its number comes into $pid.
alive() {
  pid=
  [ -f "$1/process" ] && read -r pid born booted <"$1/process" || return 1
  read_boot
  [ "$boot" = "$booted" ] && birth_of "$pid" && [ "$birth" = "$born" ]
}

# Ends the script of ticket $1, and what it started in its process group.
end_script() {
  [ -f "$1/script" ] && read -r group_leader <"$1/script" || return 0
  # Just after its start it is no leader yet.
  kill -s TERM -- "-$group_leader" 2>/dev/null || kill -s TERM "$group_leader" 2>/dev/null ||
    return 0
  waited=0
  while [ "$waited" -lt 50 ] && kill -s 0 -- "-$group_leader" 2>/dev/null; do
    sleep "$tenth"
    waited=$((waited + tenth_counts))
  done
  kill -s KILL -- "-$group_leader" 2>/dev/null
}

# Everything below directory $1: kind, length of the name, name; after a link, its target in the same
# form. $2 goes before names.
tree() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    name=$2${entry##*/}
    if [ -L "$entry" ]; then
      printf "l %s %s\n" "${#name}" "$name"
      target=$(readlink -- "$entry")
      printf "t %s %s\n" "${#target}" "$target"
    elif [ -d "$entry" ]; then
      printf "d %s %s\n" "${#name}" "$name"
      tree "$entry" "$name/"
    elif [ -e "$entry" ]; then
      printf "f %s %s\n" "${#name}" "$name"
    fi
  done
}
