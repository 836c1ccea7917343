# Role "serve": the other end of the channel.

# Ends this process, because the input can no longer be told apart.
give_up() {
  [ ! -f "$tickets/trouble.$$" ] || send "$tickets/trouble.$$" TROUBLE
  rm -rf "$inbox" "$tickets/trouble.$$"
  exit 4
}

# Keeps $2 bytes of the input under the name $1.
receive() {
  if ! mkdir -p "$tickets" 2>/dev/null; then
    send_text "cannot make the directory $tickets" TROUBLE
    exit 4
  fi
  [ -d "$inbox" ] || mkdir -m 700 "$inbox" 2>"$tickets/trouble.$$" || give_up
  take "$2" >"$inbox/$1" 2>"$tickets/trouble.$$" || give_up
  size_of "$inbox/$1"
  [ "$size" = "$2" ] || give_up
  case $1 in
    *.gz)
      gzip -dc <"$inbox/$1" >"$inbox/${1%.gz}" 2>"$tickets/trouble.$$" || give_up
      rm -f "$inbox/$1"
      ;;
  esac
  rm -f "$tickets/trouble.$$"
}

# Role "states": a letter for what is at each path.
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
  printf "%s" "$letters"
}

# Role "counts": how many entries each directory has.
counts() {
  for path in "$@"; do
    entries=0
    if [ -d "$path" ] && [ ! -L "$path" ]; then
      for entry in "$path"/* "$path"/.[!.]* "$path"/..?*; do
        if [ -e "$entry" ] || [ -L "$entry" ]; then
          entries=$((entries + 1))
        fi
      done
    fi
    printf " %s" "$entries"
  done
}

over() {
  [ ! -s "$inbox/$1" ] || xargs -0 sh -c "eval \"\$runner\"" slipway "$1" <"$inbox/$1"
}

# What is at paths, and before that, the revision's tree if it is not as it was unpacked.
answer_facts() {
  receive "states$3" "$1"
  receive "counts$3" "$2"
  tree "$archive" "" >"$inbox/tree"
  if [ ! -f "$tickets/tree" ] || [ "$(sum_of "$inbox/tree")" != "$(cat "$tickets/tree")" ]; then
    send "$inbox/tree" TREE
  fi
  over states >"$inbox/answer"
  send "$inbox/answer" STATES
  over counts >"$inbox/answer"
  send "$inbox/answer" COUNTS
  rm -rf "$inbox"
}

# Where accounts live; the empty name is this account. A shell knows it without more tools, and only
# plain names get that far.
answer_homes() {
  receive questions "$1"
  while text; do
    case $text in
      *[!A-Za-z0-9._-]*) place= ;;
      *) eval "place=~$text" ;;
    esac
    case $place in /*) ;; *) place= ;; esac
    send_text "$place" HOME
  done <"$inbox/questions"
  rm -rf "$inbox"
}

# Copies what event $1, attempt $2 writes to the channel, from byte $3, until it ends; then says how.
# Between two looks it waits for a line in the pipe $wake: from a clock, or from who sees the event end.
follow() {
  ticket=$tickets/$1-$2
  step=$tenth
  exec 6<>"$wake"
  quiet=0
  # Who has found a ticket whose event is only about to start: half a minute of looks.
  patience=75
  [ -f "$ticket/output" ] || : >>"$ticket/output"
  exec 5<"$ticket/output"
  [ "$3" = 0 ] || take "$3" <&5 >/dev/null
  while [ -d "$ticket" ]; do
    ended=
    [ ! -f "$ticket/status" ] || ended=1
    cat <&5
    [ -z "$ended" ] || break
    if ! alive "$ticket" && [ ! -f "$ticket/status" ]; then
      if [ -n "$pid" ] || { [ "$patience" -le 0 ] && mkdir "$ticket/open" 2>/dev/null; }; then
        echo "interrupted 0 0" >"$ticket/status.$$"
        mv "$ticket/status.$$" "$ticket/status"
        continue
      fi
      patience=$((patience - 1))
    fi
    (sleep "$step"; echo >&6) </dev/null >/dev/null 2>&1 &
    # shellcheck disable=SC2034 # only that it comes matters
    read -r tick <&6
    quiet=$((quiet + 1))
    [ "$quiet" -lt 50 ] || step=1
  done
  exec 5<&- 6<&-
  kind=interrupted number=0 value=0
  [ ! -f "$ticket/status" ] || read -r kind number value <"$ticket/status"
  echo
  if [ -d "$archive" ]; then
    say "ARCHIVE"
    send_app_spec "$archive" "APPSPEC current"
  fi
  if [ -f "$ticket/message" ]; then
    send "$ticket/message" "DONE $1 $2 $kind $number $value"
  else
    send_text "" "DONE $1 $2 $kind $number $value"
  fi
}

# Starts the event of a new ticket and follows it. Two processes, because the one that copies to the
# channel dies with the channel, and somebody must wait for the event.
start() {
  if [ "$session" = setsid ]; then
    setsid sh -c "eval \"\$runner\"" slipway event "$ticket" "$1" "$3" </dev/null >"$ticket/trouble" 2>&1 &
  else
    set -m
    sh -c "eval \"\$runner\"" slipway event "$ticket" "$1" "$3" </dev/null >"$ticket/trouble" 2>&1 &
    set +m
  fi
  worker=$!
  # For the event itself: on a busy host it may take long to say that it is there.
  read_boot
  if birth_of "$worker"; then
    printf "%s %s %s\n" "$worker" "$birth" "$boot" >"$ticket/process.$$"
    mv "$ticket/process.$$" "$ticket/process"
  fi
  wake=$ticket/wake.$$
  mkfifo "$wake"
  follow "$1" "$2" 0 &
  follower=$!
  wait "$worker"
  echo 1<>"$wake"
  wait "$follower"
  rm -f "$wake"
}

# Follows an event that was started before.
join() {
  wake=$tickets/$1-$2/wake.$$
  mkfifo "$wake"
  follow "$1" "$2" "$3"
  rm -f "$wake"
}

# Ends what an older owner of the group still runs on this host.
take_over() {
  for old in "$root/$group"/*/tickets/*-*; do
    if [ -d "$old" ] && [ ! -f "$old/status" ] && alive "$old"; then
      kill -s TERM "$pid" 2>/dev/null
      waited=0
      while [ "$waited" -lt 80 ] && alive "$old"; do
        sleep "$tenth"
        waited=$((waited + tenth_counts))
      done
      if alive "$old"; then
        end_script "$old"
        kill -s KILL "$pid" 2>/dev/null
      fi
    fi
  done
}

run() {
  ticket=$tickets/$1-$2
  if [ -d "$ticket" ]; then
    rm -rf "$inbox"
    say "KNOWN $1 $2"
    join "$1" "$2" "$4" </dev/null &
    busy=$!
    return
  fi
  look_at_lock
  if [ "$highest" -gt "$3" ]; then
    rm -rf "$inbox"
    say "REFUSED $1 $2 $highest"
    return
  fi
  if [ "$highest" -lt "$3" ]; then
    mkdir -p "$locks/$3" || give_up
    take_over
  fi
  if mkdir -m 700 "$ticket" 2>"$tickets/trouble.$$"; then
    rm -f "$tickets/trouble.$$"
    mv "$inbox"/* "$ticket/"
    rm -rf "$inbox"
    say "TAKEN $1 $2"
    start "$@" </dev/null &
    busy=$!
  elif [ -d "$ticket" ]; then
    rm -f "$tickets/trouble.$$"
    run "$@"
  else
    give_up
  fi
}

ask() {
  if [ -d "$tickets/$1-$2" ]; then
    say "KNOWN $1 $2"
    join "$1" "$2" "$3" </dev/null &
    busy=$!
  else
    say "UNKNOWN $1 $2"
  fi
}

# The mark is for an event that has not come to its first script yet. Before it has opened its ticket
# it would not even see the signal, and just be gone.
stop() {
  if [ -d "$tickets/$1-$2" ]; then
    : >"$tickets/$1-$2/cancelled"
    [ -d "$tickets/$1-$2/open" ] && alive "$tickets/$1-$2" && kill -s TERM "$pid" 2>/dev/null
  fi
}

# Takes the place of an event that nobody has started, for whoever was told to and is slow.
bar() {
  mkdir -p "$tickets" 2>/dev/null
  if [ ! -d "$tickets/$1-$2" ]; then
    mkdir -m 700 "$tickets/$1-$2" 2>/dev/null && echo "cancelled 0 0" >"$tickets/$1-$2/status"
    say "BARRED $1 $2"
  else
    ask "$1" "$2" "$3"
  fi
}

settle() {
  [ -z "$busy" ] || wait "$busy"
  busy=
}

serve() {
  root=$1
  group=$2
  deployment=$3
  app_spec=$4
  other_app_spec=$5
  host_root=$6
  locale=${LC_ALL-}
  LC_ALL=C
  export LC_ALL
  if [ -z "$root" ]; then
    if [ "$(id -u)" = 0 ]; then
      root=$host_root/opt/codedeploy-agent/deployment-root
    else
      root=$host_root$HOME/.slipway/deployment-root
    fi
  fi
  home=$root/$group/$deployment
  tickets=$home/tickets
  locks=$root/.slipway-$group.generations
  instructions=$root/deployment-instructions
  archive=$home/deployment-archive
  cleanup=$instructions/$group-cleanup
  inbox=$tickets/inbox.$$
  busy=
  check_tools
  export runner root group deployment home archive instructions cleanup tickets locks locale
  export exact sum session tenth tenth_counts awk signals
  hello
  while read -r word first second third fourth; do
    [ "$word" = STOP ] || settle
    case $word in
      FILE) receive "$first" "$second" ;;
      FACTS) answer_facts "$first" "$second" "${third-}" ;;
      HOMES) answer_homes "$first" ;;
      RUN) run "$first" "$second" "$third" "$fourth" ;;
      ASK) ask "$first" "$second" "$third" ;;
      STOP) stop "$first" "$second" ;;
      BAR) bar "$first" "$second" "$third" ;;
      RELEASE)
        rm -f "$tickets"/*/output "$tickets"/*/plan
        break
        ;;
      *) say "CONFUSED" && break ;;
    esac
  done
  rm -rf "$inbox"
}

case $role in
  serve) serve "$@" ;;
  event) run_event "$@" ;;
  clock) watch_the_clock "$@" ;;
  states) states "$@" ;;
  counts) counts "$@" ;;
  copy) copy_into "$@" ;;
  acl) set_acl "$@" ;;
  context) set_context "$@" ;;
esac
