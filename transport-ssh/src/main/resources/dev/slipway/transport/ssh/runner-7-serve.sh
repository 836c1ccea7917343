# Role "serve": the other end of the channel.

# What starts another role.
start="common=\$1 own=\$2; shift 2; eval \"\$common\"; eval \"\$own\""

# Ends this process, because the input can no longer be told apart.
give_up() {
  [ ! -f "$link/trouble" ] || send "$link/trouble" TROUBLE
  hang_up
}

# Ends this process. Who needs it comes again.
hang_up() {
  leave_link
  exit 4
}

# Makes the directories in the arguments as the mask wants it. Others that are missing on the way to them,
# which are ours alone, nobody else may look into. What mkdir says comes into $problem.
make_places() {
  # What the mask leaves, digit by digit.
  rest=${mask#"${mask%???}"}
  mode=
  while [ -n "$rest" ]; do
    mode=$mode$((7 & ~${rest%"${rest#?}"}))
    rest=${rest#?}
  done
  umask 077
  # shellcheck disable=SC2174 # see above
  problem=$(mkdir -p -m "$mode" "$@" 2>&1)
  code=$?
  umask "$mask"
  return "$code"
}

# Makes the place where the processes of this connection meet, and the directories in the arguments.
make_link() {
  [ -z "$linked" ] || return 0
  case $root in
    */*/*) [ -d "${root%/*}" ] || mkdir -p "${root%/*}" 2>/dev/null ;;
  esac
  until make_places "$root" "$root/$group" "$home" "$link" "$@"; do
    # Another connection that leaves may have removed what was made so far, see leave_link().
    linked=1$linked
    if [ "${#linked}" -ge 10 ]; then
      send_text "$problem" TROUBLE
      exit 4
    fi
  done
  linked=1
  [ -z "$plan" ] || write_text "$plan" "$link/plan"
}

# Starts the process that copies to the channel. Another one waits for its end, after which this connection
# is of no use.
start_follower() {
  [ -z "$follower" ] || return 0
  make_link
  mkfifo -m 600 "$link/wake" "$link/orders" "$link/over" "$link/log" "$link/logged" "$link/out" \
    "$link/err" 2>"$link/trouble" || give_up
  exec 7<>"$link/wake" 8<>"$link/orders" 9<>"$link/over"
  # It only reads there, so that it sees the end of all who write.
  {
    (follow_all)
    end_server
  } </dev/null 7<"$link/wake" 8<&- &
  follower=$!
}

# Ends the process that reads the commands, if it is there. Its number may be that of another one some time.
end_server() {
  ! birth_of "$$" || [ "$link" != "$tickets/link.$$.$birth" ] || kill "$$"
}

# Whether there is a process that runs events, or one that starts it.
is_working() {
  [ -n "$worker" ] && { alive "$link" || is_process "$worker" "$worker_birth"; }
}

# Starts the process that runs events, with what scripts get of the environment of the host. One more waits
# for its end, which the follower must hear of.
start_worker() {
  if [ -n "$worker" ]; then
    # Something that it has started may still be there, so another needs another place.
    is_working || hang_up
    return
  fi
  (
    set -- sh -c "$start" slipway "$common" "$work" work "$link" "$root" "$group" "$deployment" \
      "$exact" "$sum" "$session" "$locale" "$program" "$log_size"
    for variable in HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR \
      LC_CTYPE LC_MESSAGES LC_COLLATE LC_TIME LC_NUMERIC LC_MONETARY LC_PAPER LC_MEASUREMENT; do
      eval "value=\${$variable-}"
      # shellcheck disable=SC2154 # set by the line above
      [ -z "$value" ] || set -- "$variable=$value" "$@"
    done
    set -- -i "PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}" LC_ALL=C "$@"
    # What is started in the background lacks these signals, unless env can see to that.
    for signals in --default-signal=INT,QUIT ""; do
      begin_session env ${signals:+"$signals"} "$@"
      # It says that it has begun, and may remove all this at its end.
      { [ -d "$link" ] && [ ! -f "$link/process" ]; } || break
    done
    echo "ended worker" >&7
  ) <"$link/orders" >/dev/null 2>"$link/trouble" 8<&- 9<&- &
  worker=$!
  birth_of "$worker"
  worker_birth=$birth
}

begin_session() {
  if [ "$session" = setsid ]; then
    setsid "$@"
  else
    set -m
    "$@"
    set +m
  fi
}

# Lets go of what serves this connection. The directory goes with the last process that needs it.
leave_link() {
  trap "" TERM
  [ -z "$follower" ] || echo quit >&7
  if is_working; then
    [ -z "$released" ] || echo released >&8
  elif [ -n "$worker" ] && alive "$tickets/$event-$attempt"; then
    # Its worker was killed, and it does this itself at its end.
    return
  elif [ -n "$linked" ]; then
    remove_link
    # Who has only asked leaves nothing behind.
    [ -n "$worker" ] || rmdir "$tickets" "$home" "$root/$group" "$root" 2>/dev/null
  fi
}

# Where what was sent as $1 is kept, in $place. What is held stays for the next deployment.
find_place() {
  place=$link/${1%.gz}
  case $1 in
    held | held.gz) place=$tickets/held ;;
    bundle.tar) [ ! -f "$link/sum" ] || : >"$link/sum" ;;
  esac
}

# Keeps $2 bytes of the input under the name $1.
receive() {
  make_link
  find_place "$1"
  case $1 in
    *.gz) take "$2" 2>"$link/trouble" | gzip -dc >"$place" 2>"$link/trouble" || give_up ;;
    *) take "$2" >"$place" 2>"$link/trouble" || give_up ;;
  esac
}

write_text() {
  printf "%s" "$1" >"$2" 2>"$link/trouble" || give_up
}

# Keeps lines of $2 bytes under the name $1, without the last newline. No program is needed for that. A first
# plan waits for the directories that its event needs as well.
receive_text() {
  left=$2
  content=
  before=
  while [ "$left" -gt 0 ]; do
    IFS= read -r line || give_up
    content=$content$before$line
    before=$newline
    left=$((left - ${#line} - 1))
  done
  if [ -z "$linked" ] && [ "$1" = plan ]; then
    plan=$content
    return
  fi
  make_link
  find_place "$1"
  write_text "$content" "$place"
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
  same "$link/tree" "$tickets/tree" || send "$link/tree" TREE
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
    send_often_short "$holder/tickets/held" HAVE
  else
    send_text "" HAVE
  fi
}

plain_files="for file; do [ -f \"\$file\" ] && [ ! -L \"\$file\" ] || exit 255; done; exec cat -- \"\$@\""

# Writes pieces and files one after the other: those in the arguments or, without any, those in the
# order that was kept. A script may have left there what never ends.
join_pieces() {
  cd "$link" || exit 1
  [ $# -gt 0 ] || exec xargs -0 sh -c "$plain_files" slipway <order
  eval "$plain_files"
}

# Makes the bundle of $2 bytes with the SHA-256 $1 out of the pieces that were received and of files that
# are held, in the order that the other arguments say, if there are any, and says whether that worked: a
# script may have changed what is held, and may have made it so large that it fills the disk.
assemble() {
  wanted=$1
  most=$(($2 / 512 + 1))
  shift 2
  make_link
  found=
  pieces=$link/pieces.tar
  options=-xf
  if [ -s "$link/pieces.tgz" ]; then
    pieces=$link/pieces.tgz
    options=-xzf
  fi
  if tar "$options" "$pieces" -C "$link" >/dev/null 2>&1 &&
    (ulimit -f "$most"; join_pieces "$@") >"$link/bundle.tar" 2>/dev/null; then
    sum_of "$link/bundle.tar"
  fi
  for file in "$link"/pieces/* "$pieces"; do
    # What is large may go now; the rest goes with the link.
    [ ! -f "$file" ] || : >"$file"
  done
  if [ "$found" = "$wanted" ]; then
    echo "$found" >"$link/sum"
    say "ASSEMBLED"
  else
    say "DIFFERENT"
  fi
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

# Whether somebody has begun the event of ticket $1, or has kept it from being begun.
is_known() {
  [ -f "$1/process" ] || [ -f "$1/status" ]
}

# Whether the event of ticket $1 has ended; how comes into $kind, $number and $detail.
has_ended() {
  [ -f "$1/status" ] && read -r kind number detail <"$1/status"
}

# Role of the follower: follows one event after the other until it is told to quit, or nobody is left who could.
follow_all() {
  known_spec=
  # Whoever greeted has told of that.
  [ ! -d "$archive" ] || known_spec=told
  quit=
  gone=
  trap "end_server; exit 1" PIPE
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

# Whether nobody is behind ticket $1, and nobody will be: who is about to write its number there looks
# whether somebody has given it up.
is_abandoned() {
  ! alive "$1" || return 1
  [ ! -s "$1/process" ] || return 0
  [ "$quiet" -ge 5 ] || return 1
  : >"$1/given-up"
  ! alive "$1"
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
    ! has_ended "$ticket" || ended=1
    if [ -z "$said" ] && is_known "$ticket"; then
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
        end_server
        exit 1
      fi
      if is_abandoned "$ticket" && ! has_ended "$ticket"; then
        end_unwatched "$ticket"
        echo "interrupted 0 0" >"$ticket/status"
        # A full disk keeps nothing.
        has_ended "$ticket" || break
        continue
      fi
      # By then the pipe may have lost its name.
      (sleep "$look" || sleep 1; echo look >&8) </dev/null >/dev/null 2>&1 8>/proc/self/fd/7 7<&- &
      quiet=$((quiet + 1))
      [ "$quiet" -lt 20 ] || look=1
    fi
    # Where nobody is left who writes there, nobody is who hears.
    read -r word line <&7 || exit 1
    case $word.$line in
      "ended.$1-$2" | ended.worker) look=${look:-0.1} ;;
      quit.*) quit=1 ;;
    esac
  done
  exec 5<&-
  has_ended "$ticket" || { kind=interrupted number=0 detail=0; }
  echo
  send_changed_app_spec
  if [ -s "$ticket/message" ]; then
    send_often_short "$ticket/message" "DONE $1 $2 $kind $number $detail"
  else
    send_text "" "DONE $1 $2 $kind $number $detail"
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
    # A long one is sent each time.
    spec=
    ! read_short "$found" || spec=$found$newline$content
  fi
  [ "$spec" != "$known_spec" ] || [ -z "$spec" ] || return 0
  known_spec=$spec
  say "ARCHIVE"
  [ -z "$found" ] || send_often_short "$found" "APPSPEC current"
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
    if [ ! -d "$old" ] || has_ended "$old"; then
      continue
    elif ! alive "$old"; then
      end_unwatched "$old"
    else
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
  event=$1
  attempt=$2
  generation=$3
  if is_known "$tickets/$event-$attempt"; then
    follow_event "$event" "$attempt" "$4" KNOWN
    return
  fi
  look_at_lock
  if [ "$highest" -gt "$generation" ]; then
    say "REFUSED $event $attempt $highest"
    return
  fi
  lock=
  [ "$highest" -eq "$generation" ] || lock=$locks/$generation
  if [ -n "$lock" ] || [ ! -d "$instructions" ] || [ ! -d "$tickets/$event-$attempt" ]; then
    # One program makes the usual tickets too.
    set -- "$instructions" ${lock:+"$lock"} "$tickets/$event-$attempt" \
      "$tickets/ApplicationStop-1" "$tickets/DownloadBundle-1/deployment-archive" \
      "$tickets/BeforeInstall-1" "$tickets/Install-1" "$tickets/AfterInstall-1" \
      "$tickets/ApplicationStart-1" "$tickets/ValidateService-1"
    case $plan in hooks*) set -- "$@" "$home/logs" ;; esac
    if [ -z "$linked" ]; then
      make_link "$@"
    elif ! make_places "$@"; then
      echo "$problem" >"$link/trouble"
      give_up
    fi
  fi
  [ -z "$lock" ] || take_over
  start_follower
  start_worker
  follow_event "$event" "$attempt" 0 TAKEN
  echo "$event $attempt $generation" >&8
}

ask() {
  if is_known "$tickets/$1-$2"; then
    follow_event "$1" "$2" "$3" KNOWN
  else
    say "UNKNOWN $1 $2"
  fi
}

# Takes the place of an event that nobody has started, for whoever was told to and is slow.
bar() {
  make_link
  if take_ticket "$tickets/$1-$2"; then
    echo "cancelled 0 0" >"$tickets/$1-$2/status"
    say "BARRED $1 $2"
    return
  fi
  # Somebody was quicker, or nobody can.
  if ! is_known "$tickets/$1-$2"; then
    echo "cannot write $tickets/$1-$2" >"$link/trouble"
    give_up
  fi
  ask "$1" "$2" "$3"
}

# The mark is for an event that has not come to its first script yet, or not even to its ticket.
stop() {
  if [ -n "$busy" ] || is_known "$tickets/$1-$2"; then
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
  work=$8
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
  # A process before a restart may have had the same number.
  birth_of "$$"
  link=$tickets/link.$$.$birth
  linked=
  plan=
  follower=
  worker=
  worker_birth=
  busy=
  released=
  check_tools
  hello
  while read -r word first second third fourth; do
    [ "$word" = STOP ] || settle
    case $word in
      FILE) if [ -n "$third" ]; then receive_text "$first" "$second"; else receive "$first" "$second"; fi ;;
      FACTS) answer_facts "$first" "$second" "${third-}" ;;
      LOOK) answer_few_facts "$first" "$second" ;;
      HAVE) answer_have ;;
      ASSEMBLE) with_texts "$third" assemble "$first" "$second" ;;
      HOMES) answer_homes "$first" ;;
      OWNER) answer_owner ;;
      RUN) run "$first" "$second" "$third" "$fourth" ;;
      ASK) ask "$first" "$second" "$third" ;;
      BAR) bar "$first" "$second" "$third" ;;
      STOP) stop "$first" "$second" ;;
      RELEASE)
        released=1
        [ -n "$linked" ] || rm -f "$tickets"/*/output
        break
        ;;
      *) say "CONFUSED" && break ;;
    esac
  done
  leave_link
}

case $role in
  serve) serve "$@" ;;
  states) print_states "$@" ;;
  counts) print_counts "$@" ;;
esac
