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
# Commands, one a line; where N bytes or texts follow, they follow at once:
#
#   FILE name N                keeps N bytes for the next RUN: its plan, and what the plan needs;
#                              a name that ends in .gz is unpacked
#   FILE name N text           the same for N bytes of lines; the last newline does not belong to them
#   HAVE                       what is held of the last revision, as its DownloadBundle was told
#   ASSEMBLE sha-256 size N    makes the bundle out of pieces and of files that are held, in the order
#                              of N texts or, for 0, of what was kept as "order"
#   FACTS N M [.gz]            what is at the paths in N bytes, and how much in those in M bytes
#   LOOK N M                   the same for N texts and M texts
#   HOMES N                    where the accounts named by N texts live
#   OWNER                      which other group has installed what is at the path in a text
#   RUN event attempt generation offset
#                              starts an event, once; when it is known already, follows it
#   ASK event attempt offset   follows an event if it is known
#   BAR event attempt offset   sees to it that an event does not start, or follows it if it has
#   STOP event attempt         ends the event's script: TERM, and KILL five seconds later
#   RELEASE                    the deployment is over
#
# Every program that is started costs more than all else, so the shell does itself what it can, and
# what serves all events of a deployment is started once:
#
#   serve    reads the commands; ends with the channel
#   follower copies what an event writes to the channel, and says how it ended
#   work     runs the events, in a session of its own: the end of the channel ends no event, and
#            when one has ended and nobody can order the next, this ends too
#   logger   writes what scripts say, with tags and times
#   clock    ends a script whose time is over
#
# They meet in a directory of their own, $link, by pipes with a name in it.
# Whichever of them is killed, the others end at the latest when the event does, and the other side hears
# its end, or the end of the channel and comes again.
#
# A ticket is a directory with a file that names its process, which only one can make. What others rely
# on is one short line, written at once; where it does not end as it should, it counts as missing. A
# rename would do as well, but takes a program.
#
# Text from outside is never read as shell source. Many names come with a zero byte behind each, for
# xargs. A single text is a line with the number of lines it goes over, then these lines; see text().
#
# This file travels in single quotes, so it holds none. Lines that are only a comment stay at home.

set -u
role=$1
shift
start_many="eval \"\$common\"; eval \"\$own\""
boot=
newline="
"

# Runs a program that may start roles of the runner, which is too long for what some hand on as words.
in_runner() {
  # shellcheck disable=SC2154 # what all of this was started as
  common=$common own=$own "$@"
}

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
    text=$text$newline$more
    lines=$((lines - 1))
  done
}

# The first line of file $1, into $line, also when no newline ends it.
first_line() {
  line=
  [ -f "$1" ] || return 1
  IFS= read -r line <"$1" || [ -n "$line" ]
}

# The content of file $1, into $content, unless it has many lines.
read_short() {
  content=
  line=
  left=300
  while IFS= read -r line; do
    content=$content$line$newline
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
  done <"$1" || return 1
  content=$content$line
}

# Whether files $1 and $2 have the same lines. Few are compared without a program.
same() {
  left=60
  while [ "$left" -gt 0 ]; do
    ended=
    IFS= read -r line <&5 || ended=1
    IFS= read -r more <&6 || ended=${ended}2
    [ "$line" = "$more" ] || return 1
    case $ended in
      "") ;;
      12) return 0 ;;
      *) return 1 ;;
    esac
    left=$((left - 1))
  done 5<"$1" 6<"$2"
  cmp -s "$1" "$2"
}

size_of() {
  size=$(wc -c <"$1") || size=0
  size=$((size))
}

# The SHA-256 of file $1, into $found.
sum_of() {
  if [ "$sum" = sha256sum ]; then
    found=$(sha256sum <"$1")
  else
    found=$(openssl dgst -sha256 -r <"$1")
  fi
  found=${found%% *}
}

# Where things are. The arguments are the deployment root, the group and the deployment.
places() {
  root=$1
  group=$2
  deployment=$3
  home=$root/$group/$deployment
  tickets=$home/tickets
  locks=$root/.slipway-$group.generations
  instructions=$root/deployment-instructions
  archive=$home/deployment-archive
  cleanup=$instructions/$group-cleanup
}

# Ends the clocks that still wait. One that was started just now may miss the signal, and looks at the file.
stop_the_clocks() {
  [ -f "$link/timers" ] || return 0
  echo over >"$link/timer"
  while read -r sleeper born dot; do
    if [ "$dot" = . ] && is_process "$sleeper" "$born"; then
      kill "$sleeper" 2>/dev/null
    fi
  done <"$link/timers"
}

# Removes where the processes of a connection met and, when the deployment is over, what was copied from.
remove_link() {
  stop_the_clocks
  if [ -n "$released" ]; then
    rm -rf "$link" "$tickets"/*/output
  else
    rm -rf "$link"
  fi
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

# The start of process $1, which tells it from a later one with the same number, into $birth, the number of
# its parent into $parent, and all that the system says of it into $line, which its number begins.
birth_of() {
  birth=
  [ -r "/proc/$1/stat" ] && read -r line <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2086 # numbers, to be split; the name before them ends in a bracket
  set -- ${line##*) }
  # shellcheck disable=SC2034 # at the end of an event it is looked at
  parent=$2
  [ "$1" != Z ] && birth=${20}
} 2>/dev/null

read_boot() {
  [ -z "$boot" ] || return 0
  boot=unknown
  [ -r /proc/sys/kernel/random/boot_id ] && read -r boot </proc/sys/kernel/random/boot_id
}

# Whether process $1 is there, and the one that started at $2.
is_process() {
  birth_of "$1" && [ "$birth" = "$2" ]
}

# Hundredths of a second since the machine has started, into $now: no change of its clock matters.
read_now() {
  read -r now line </proc/uptime
  now=$((${now%.*} * 100 + 1${now#*.} - 100))
}

# A moment for something to happen.
nap() {
  sleep 0.1 2>/dev/null || sleep 1
}

# Makes ticket $1 that of this process, unless it is somebody's. Whoever finds its file empty may find it
# in the making, see is_abandoned().
take_ticket() {
  # shellcheck disable=SC2174 # only this shall have that mode
  [ -d "$1" ] || mkdir -p -m 700 "$1" || return 1
  birth_of self || return 1
  read_boot
  set -C
  printf "%s %s %s\n" "${line%% *}" "$birth" "$boot" >"$1/process"
  code=$?
  set +C
  return "$code"
} 2>/dev/null

# Whether the process of ticket $1 still runs; its number comes into $pid.
alive() {
  pid=
  [ -f "$1/process" ] && read -r pid born booted <"$1/process" || return 1
  read_boot
  [ "$boot" = "$booted" ] && is_process "$pid" "$born"
}

# Ends the script of ticket $1, if it still runs though nobody watches it; to be called after alive().
end_unwatched() {
  dot=
  [ "$boot" = "${booted-}" ] && [ -f "$1/script" ] && read -r leader born dot <"$1/script"
  [ "$dot" != . ] || ! is_process "$leader" "$born" || end_script "$1"
}

# Ends the script of ticket $1, and what it started in its process group.
end_script() {
  dot=
  [ -f "$1/script" ] && read -r leader born dot <"$1/script"
  [ "$dot" = . ] || return 0
  # Its number may belong to somebody else by now.
  ! birth_of "$leader" || [ "$birth" = "$born" ] || return 0
  # Just after its start it is no leader yet. Not every shell knows "--" here.
  kill -TERM "-$leader" 2>/dev/null || kill -s TERM "$leader" 2>/dev/null || return 0
  read_now
  last=$((now + 500))
  while [ "$now" -lt "$last" ] && kill -0 "-$leader" 2>/dev/null; do
    nap
    read_now
  done
  kill -KILL "-$leader" 2>/dev/null
}

# Everything below directory $1: kind, length of the name, name; after a link, its target in the same
# form. $2 goes before names. When a bit changes
# who something runs as, $raised is set.
tree() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    name=$2${entry##*/}
    if [ -L "$entry" ]; then
      printf "l %s %s\n" "${#name}" "$name"
      target=$(readlink -- "$entry")
      printf "t %s %s\n" "${#target}" "$target"
      continue
    fi
    if [ -u "$entry" ] || [ -g "$entry" ]; then
      # shellcheck disable=SC2034 # what unpacks looks at it
      raised=1
    fi
    if [ -d "$entry" ]; then
      printf "d %s %s\n" "${#name}" "$name"
      tree "$entry" "$name/"
    elif [ -e "$entry" ]; then
      printf "f %s %s\n" "${#name}" "$name"
    fi
  done
}
