# Role "work": one event after the other, in a session of its own.

# Says how the event ended: a word, the number of the script, and a number.
finish() {
  printf "%s %s %s\n" "$1" "$2" "$3" >"$ticket/status"
  [ -n "${leave-}" ] || leave_last
  exit "${leave:-0}"
}

# Does at the end of an event what the process that runs events does at its own, if that was killed.
leave_last() {
  birth_of self
  [ "$parent" = "$$" ] || remove_link
}

# Ends what an event that was killed has left behind.
clear_up() {
  [ -n "$prepared" ] || return 0
  stop_the_clocks
  read -r until script born first second dot rest <"$link/clock"
  [ "$dot" != . ] || [ "$script" = 0 ] || time_is_over
}

# Ends the event with a message.
fail() {
  printf "%s" "$1" >"$ticket/message"
  finish error 0 0
}

broken() {
  fail "The plan of the event did not arrive as it was sent."
}

# Runs a step; its own complaint is the message when it fails.
must() {
  "$@" >/dev/null 2>"$ticket/message" || finish error 0 0
}

# Takes the event's ticket, so that nobody else can, or ends this process.
claim() {
  ticket=$tickets/$event-$attempt
  take_ticket "$ticket" || exit 1
  [ ! -f "$ticket/given-up" ] || finish interrupted 0 0
  echo taken >&7
}

# Runs the event that was ordered. The arguments are the variables of its scripts.
run_event() {
  cancelled=
  signalled=
  if [ "$kind" = hooks ]; then trap cancel TERM; else trap "" TERM; fi
  # Who writes to a logger that has ended hears of it.
  trap : PIPE
  claim
  look_at_lock
  [ "$highest" -le "$generation" ] || finish refused 0 "$highest"
  cd /
  lets_go=
  restricted=
  for flag in $flags; do
    case $flag in
      let-go-of-output) lets_go=1 ;;
      restrict-directories) restricted=1 ;;
    esac
  done
  restrict
  case $kind in
    hooks)
      [ -n "$prepared" ] || fail "The log of the scripts cannot be written."
      run_hooks "$@"
      ;;
    steps) run_steps ;;
    *) broken ;;
  esac
  restrict
  finish ok 0 0
}

# Keeps other accounts from looking into deployments, if the plan says so: what their scripts must
# pass can be passed, but not listed. What belongs to somebody else keeps its mode.
restrict() {
  [ -n "$restricted" ] || return 0
  restrict_to 711 "$root" "$root/$group" "$home" "$archive"
  restrict_to 700 "$instructions"
  restrict_to 750 "$home/logs" "$root/deployment-logs"
  restrict_to 640 "$home/logs/scripts.log"
}

restrict_to() {
  bits=$1
  shift
  for path in "$@"; do
    if [ -e "$path" ] && [ ! -L "$path" ] && [ -O "$path" ]; then
      must chmod "$bits" "$path"
    fi
  done
}

# Orders are lines: event, attempt and generation; or that the deployment is over. The plan is in a file.
work() {
  link=$1
  places "$2" "$3" "$4"
  exact=$5
  sum=$6
  session=$7
  locale=$8
  program=$9
  shift 9
  log_size=$1
  set --
  apostrophe=$(printf "\047")
  find_starter
  read_boot
  take_ticket "$link" || exit 1
  exec 7<>"$link/wake"
  trap : TERM
  prepared=
  released=
  while read -r event attempt generation; do
    if [ "$event" = released ]; then
      released=1
      continue
    fi
    exec 3<"$link/plan"
    read -r kind flags <&3 || kind=none
    if [ "$kind" = hooks ]; then
      [ -n "$prepared" ] || prepare_for_scripts
      # Scripts get the variables of the event before as well, unless they are told all. The last of a name counts.
      {
        read -r which count || count=0
        [ "$which" = more ] || set --
        while [ "$count" -gt 0 ] && text; do
          set -- "$@" "$text"
          count=$((count - 1))
        done
      } <&3
      [ "$count" = 0 ] || kind=none
    fi
    (run_event "$@" <&3)
    code=$?
    exec 3<&-
    [ "$code" -le 1 ] || clear_up
    echo "ended $event-$attempt" >&7
    # Who gives orders sees the end of this process, and what remains of the event may be in use.
    [ "$code" -le 1 ] || exit 1
  done
  remove_link
}

case $role in
  work) work "$@" ;;
  copy_tree | copy_into | change_owner | set_acl | set_context | remove_directories | forget_contexts)
    run_step "$role" "$@"
    ;;
esac
