# Role "serve": the other end of the channel.

# Ends this process, because the input can no longer be told apart.
give_up() {
  [ ! -f "$link/trouble" ] || send "$link/trouble" TROUBLE
  leave_link
  exit 4
}

# Makes the place where the processes of this connection meet.
make_link() {
  [ -z "$linked" ] || return 0
  # With it comes what will be the tickets of the first events, see claim().
  set -- "$link/$$.1" "$link/$$.2" "$link/$$.3" "$link/$$.4" "$link/$$.5" "$link/$$.6" "$link/$$.7"
  # shellcheck disable=SC2174 # only these shall have that mode
  if ! mkdir -p -m 700 "$link" "$@" 2>/dev/null; then
    send_text "cannot make the directory $tickets" TROUBLE
    exit 4
  fi
  linked=1
}

# Starts the process that copies to the channel.
start_follower() {
  [ -z "$follower" ] || return 0
  make_link
  mkfifo -m 600 "$link/wake" "$link/orders" "$link/over" "$link/log" "$link/logged" "$link/out" \
    "$link/err" 2>"$link/trouble" || give_up
  exec 7<>"$link/wake" 8<>"$link/orders" 9<>"$link/over"
  follow_all </dev/null 8<&- &
  follower=$!
}

is_working() {
  [ -n "$worker" ] && birth_of "$worker" && [ "$birth" = "$worker_birth" ]
}

# Starts the process that runs events. One more waits for its end, which the follower must hear of.
start_worker() {
  if [ -n "$worker" ]; then
    # Something that it has started may still be there, so another needs another place.
    is_working || give_up
    return
  fi
  (
    set -- sh -c "$start" slipway "$runner" work "$link" "$root" "$group" "$deployment" \
      "$exact" "$sum" "$session" "$locale" "$program"
    if [ "$session" = setsid ]; then
      setsid "$@"
    else
      set -m
      "$@"
    fi
    echo "ended worker" >&7
  ) <"$link/orders" >/dev/null 2>"$link/trouble" 8<&- 9<&- &
  worker=$!
  birth_of "$worker"
  worker_birth=$birth
}

# Lets go of what serves this connection. The directory goes with the last process that needs it.
leave_link() {
  [ -z "$follower" ] || echo quit >&7
  if [ -n "$linked" ] && ! is_working; then
    rm -rf "$link"
    # Who has only asked leaves nothing behind.
    [ -n "$worker" ] || rmdir "$tickets" "$home" "$root/$group" "$root" 2>/dev/null
  fi
}

# Keeps $2 bytes of the input under the name $1.
receive() {
  make_link
  case $1 in
    *.gz)
      take "$2" 2>"$link/trouble" | gzip -dc >"$link/${1%.gz}" 2>"$link/trouble" || give_up
      ;;
    *) take "$2" >"$link/$1" 2>"$link/trouble" || give_up ;;
  esac
}

# Keeps lines of $2 bytes under the name $1, without the last newline. No program is needed for that.
receive_text() {
  make_link
  left=$2
  content=
  before=
  while [ "$left" -gt 0 ]; do
    IFS= read -r line || give_up
    content=$content$before$line
    before=$newline
    left=$((left - ${#line} - 1))
  done
  printf "%s" "$content" >"$link/$1" 2>"$link/trouble" || give_up
}

# The next $1 texts of the input, after what there is in the arguments behind the first two; then runs
# $2 with all of them.
with_texts() {
  wanted=$1
  what=$2
  shift 2
  while [ "$wanted" -gt 0 ]; do
    text || give_up
    set -- "$@" "$text"
    wanted=$((wanted - 1))
  done
  "$what" "$@"
}

# A letter for what is at each path, into $letters.
states() {
  letters=
  for path in "$@"; do
    if [ -L "$path" ]; then
      if [ -d "$path" ]; then letter=d; elif [ -e "$path" ]; then letter=f; else letter=L; fi
    elif [ -d "$path" ]; then
      letter=D
    elif [ -e "$path" ]; then
      letter=F
    else
      letter=A
    fi
    letters=$letters$letter
  done
}

# How many entries each directory has, into $numbers.
counts() {
  numbers=
  for path in "$@"; do
    entries=0
    if [ -d "$path" ] && [ ! -L "$path" ]; then
      for entry in "$path"/* "$path"/.[!.]* "$path"/..?*; do
        if [ -e "$entry" ] || [ -L "$entry" ]; then
          entries=$((entries + 1))
        fi
      done
    fi
    numbers="$numbers $entries"
  done
}

# Role "states" and role "counts": the same for some of many paths.
print_states() {
  states "$@"
  printf "%s" "$letters"
}

print_counts() {
  counts "$@"
  printf "%s" "$numbers"
}

over() {
  [ ! -s "$link/$1" ] || in_runner xargs -0 sh -c "$start_many" slipway "$1" <"$link/$1"
}

# The revision's tree, if it is not as it was unpacked.
answer_tree() {
  make_link
  tree "$archive" "" >"$link/tree"
  cmp -s "$link/tree" "$tickets/tree" || send "$link/tree" TREE
}

answer_facts() {
  receive "states$3" "$1"
  receive "counts$3" "$2"
  answer_tree
  over states >"$link/answer"
  send "$link/answer" STATES
  over counts >"$link/answer"
  send "$link/answer" COUNTS
}

answer_few_facts() {
  with_texts "$1" states
  with_texts "$2" counts
  answer_tree
  send_text "$letters" STATES
  send_text "$numbers" COUNTS
}

answer_have() {
  if [ -n "$holder" ] && [ -f "$holder/tickets/held" ]; then
    send "$holder/tickets/held" HAVE
  else
    send_text "" HAVE
  fi
}

plain_files="for file; do [ -f \"\$file\" ] && [ ! -L \"\$file\" ] || exit 255; done; exec cat -- \"\$@\""

# Makes the bundle out of the pieces that were received and of files that are held, in the order that
# was received, and says whether it is the one with the SHA-256 $1. A script may have changed what is
# held, and may have left there what never ends.
assemble() {
  mkdir "$link/pieces" 2>"$link/trouble" || give_up
  found=
  if tar -xzf "$link/pieces.tar" -C "$link/pieces" >/dev/null 2>&1 &&
    (cd "$link/pieces" && exec xargs -0 sh -c "$plain_files" slipway <"$link/order") \
      >"$link/bundle" 2>/dev/null; then
    sum_of "$link/bundle"
  fi
  rm -rf "$link/pieces" "$link/pieces.tar"
  if [ "$found" = "$1" ]; then say "ASSEMBLED"; else say "DIFFERENT"; fi
}

# Where an account lives; the empty name is this account. A shell knows it without more tools, and only
# plain names get that far.
answer_homes() {
  wanted=$1
  while [ "$wanted" -gt 0 ]; do
    text || give_up
    case $text in
      *[!A-Za-z0-9._-]*) place= ;;
      *) eval "place=~$text" ;;
    esac
    case $place in /*) ;; *) place= ;; esac
    send_text "$place" HOME
    wanted=$((wanted - 1))
  done
}

# The other deployment group that has installed what is at a path, or nothing.
answer_owner() {
  text || give_up
  owner=
  for list in "$instructions"/*-cleanup; do
    other=${list##*/}
    other=${other%-cleanup}
    if [ "$other" != "$group" ] && [ -f "$list" ]; then
      while IFS= read -r line; do
        if [ "$line" = "$text" ]; then
          owner=$other
          break 2
        fi
      done <"$list"
    fi
  done
  send_text "$owner" OWNER
}

# Role of the follower: follows one event after the other until it is told to quit.
follow_all() {
  known_spec=
  # Whoever greeted has told of that.
  [ ! -d "$archive" ] || known_spec=told
  quit=
  gone=
  # shellcheck disable=SC2064 # the number is that of the process that reads the commands
  trap "kill $$; exit 1" PIPE
  while [ -z "$quit" ] && read -r word event attempt offset first <&7; do
    case $word in
      quit) quit=1 ;;
      ended) [ "$event" != worker ] || gone=1 ;;
      follow)
        follow "$event" "$attempt" "$offset" "$first"
        echo over >&9
        ;;
    esac
  done
}

# Copies what event $1, attempt $2 writes to the channel, from byte $3, until it ends; then says how.
# $4 is the frame that says it is known. An event of our own worker tells when there is something to
# look at; after anything else this looks again and again.
follow() {
  ticket=$tickets/$1-$2
  said=
  look=
  quiet=0
  [ "$4$gone" = TAKEN ] || look=0.1
  while :; do
    echo 1 >"$link/want"
    ended=
    [ ! -f "$ticket/status" ] || ended=1
    if [ -z "$said" ] && [ -d "$ticket" ]; then
      said=1
      say "$4 $1 $2"
      [ -f "$ticket/output" ] || : >>"$ticket/output"
      exec 5<"$ticket/output"
      [ "$3" = 0 ] || take "$3" <&5 >/dev/null
    fi
    [ -z "$said" ] || copy_output
    [ -z "$ended" ] || break
    if [ -n "$look" ]; then
      if [ -z "$said" ]; then
        # Nobody made a ticket: the event was not started, and the connection is of no use.
        kill "$$"
        exit 1
      fi
      if ! alive "$ticket" && [ ! -f "$ticket/status" ]; then
        echo "interrupted 0 0" >"$ticket/status.$$"
        mv "$ticket/status.$$" "$ticket/status"
        continue
      fi
      (sleep "$look" || sleep 1; echo look >&7) </dev/null >/dev/null 2>&1 &
      quiet=$((quiet + 1))
      [ "$quiet" -lt 20 ] || look=1
    fi
    read -r word line <&7
    case $word.$line in
      "ended.$1-$2" | ended.worker) look=${look:-0.1} ;;
      quit.*) quit=1 ;;
    esac
  done
  exec 5<&-
  kind=interrupted number=0 value=0
  read -r kind number value <"$ticket/status"
  echo
  send_changed_app_spec
  if [ -f "$ticket/message" ]; then
    send "$ticket/message" "DONE $1 $2 $kind $number $value"
  else
    send_text "" "DONE $1 $2 $kind $number $value"
  fi
}

# Copies what there is to read: few lines without a program.
copy_output() {
  copied=0
  while IFS= read -r line <&5; do
    printf "%s\n" "$line"
    copied=$((copied + 1))
    if [ "$copied" -ge 30 ]; then
      cat <&5
      return
    fi
  done
  printf "%s" "$line"
}

# The AppSpec of the revision that is now there, if it is another than the one that was sent; or that
# a script has removed the revision.
send_changed_app_spec() {
  if [ ! -d "$archive" ]; then
    [ -z "$known_spec" ] || say "GONE"
    known_spec=
    return
  fi
  spec=missing
  if find_app_spec "$archive"; then
    spec=$found
    while IFS= read -r line || [ -n "$line" ]; do
      spec=$spec$newline$line
    done <"$found"
  fi
  [ "$spec" != "$known_spec" ] || return 0
  known_spec=$spec
  say "ARCHIVE"
  [ -z "$found" ] || send "$found" "APPSPEC current"
}

# Tells the follower to follow an event, and keeps other commands waiting until it has ended.
follow_event() {
  start_follower
  echo "follow $1 $2 $3 $4" >&7
  busy=1
}

# Ends what an older owner of the group still runs on this host.
take_over() {
  for old in "$root/$group"/*/tickets/*-*; do
    if [ -d "$old" ] && [ ! -f "$old/status" ] && alive "$old"; then
      kill -s TERM "$pid" 2>/dev/null
      read_now
      last=$((now + 800))
      while [ "$now" -lt "$last" ] && alive "$old"; do
        nap
        read_now
      done
      if alive "$old"; then
        end_script "$old"
        kill -s KILL "$pid" 2>/dev/null
      fi
    fi
  done
}

run() {
  if [ -d "$tickets/$1-$2" ]; then
    follow_event "$1" "$2" "$4" KNOWN
    return
  fi
  look_at_lock
  if [ "$highest" -gt "$3" ]; then
    say "REFUSED $1 $2 $highest"
    return
  fi
  start_follower
  if [ "$highest" -lt "$3" ]; then
    mkdir -p "$instructions" "$locks/$3" 2>"$link/trouble" || give_up
    take_over
  elif [ ! -d "$instructions" ]; then
    mkdir -p "$instructions" 2>"$link/trouble" || give_up
  fi
  start_worker
  follow_event "$1" "$2" 0 TAKEN
  echo "$1 $2 $3" >&8
}

ask() {
  if [ -d "$tickets/$1-$2" ]; then
    follow_event "$1" "$2" "$3" KNOWN
  else
    say "UNKNOWN $1 $2"
  fi
}

# Takes the place of an event that nobody has started, for whoever was told to and is slow.
bar() {
  if [ ! -d "$tickets/$1-$2" ]; then
    make_link
    mine=$link/$$.bar
    mkdir -m 700 "$mine" 2>"$link/trouble" || give_up
    echo "cancelled 0 0" >"$mine/status"
    mv "$mine" "$tickets/$1-$2" 2>"$link/trouble" || give_up
    if [ ! -d "$tickets/$1-$2/$$.bar" ]; then
      say "BARRED $1 $2"
      return
    fi
    # Somebody was quicker.
    rm -rf "$tickets/$1-$2/$$.bar"
  fi
  ask "$1" "$2" "$3"
}

# The mark is for an event that has not come to its first script yet, or not even to its ticket.
stop() {
  if [ -n "$busy" ] || [ -d "$tickets/$1-$2" ]; then
    : >"$tickets/$1-$2.cancelled"
    alive "$tickets/$1-$2" && kill -s TERM "$pid" 2>/dev/null
  fi
}

settle() {
  [ -z "$busy" ] || read -r line <&9
  busy=
}

serve() {
  app_spec=$4
  other_app_spec=$5
  host_root=$6
  program=$7
  locale=${LC_ALL-}
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
  link=$tickets/link.$$
  linked=
  follower=
  worker=
  worker_birth=
  busy=
  check_tools
  hello
  while read -r word first second third fourth; do
    [ "$word" = STOP ] || settle
    case $word in
      FILE) if [ -n "$third" ]; then receive_text "$first" "$second"; else receive "$first" "$second"; fi ;;
      FACTS) answer_facts "$first" "$second" "${third-}" ;;
      LOOK) answer_few_facts "$first" "$second" ;;
      HAVE) answer_have ;;
      ASSEMBLE) assemble "$first" ;;
      HOMES) answer_homes "$first" ;;
      OWNER) answer_owner ;;
      RUN) run "$first" "$second" "$third" "$fourth" ;;
      ASK) ask "$first" "$second" "$third" ;;
      BAR) bar "$first" "$second" "$third" ;;
      STOP) stop "$first" "$second" ;;
      RELEASE)
        rm -f "$tickets"/*/output
        break
        ;;
      *) say "CONFUSED" && break ;;
    esac
  done
  leave_link
}

case $role in
  serve) serve "$@" ;;
  work) work "$@" ;;
  states) print_states "$@" ;;
  counts) print_counts "$@" ;;
  copy_tree | copy_into | change_owner | set_acl | set_context | remove_directories | forget_contexts)
    run_step "$role" "$@"
    ;;
esac
