# Role "event": the scripts of one event, in a session of its own.

# Says how the event ended: a word, the number of the script, and a number.
finish() {
  printf "%s %s %s\n" "$1" "$2" "$3" >"$ticket/status.new"
  mv "$ticket/status.new" "$ticket/status"
  exit 0
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

log_line() {
  printf "%s\n" "$1" >>"$ticket/output"
  printf "%s %s\n" "$(date "+%Y-%m-%d %H:%M:%S")" "$1" >>"$script_log"
}

# Copies lines of the input into both logs, with tag $1 before each.
tag_lines() {
  if [ -n "$awk" ]; then
    # shellcheck disable=SC2086 # the program and its options
    TAG=$1 OUT=$ticket/output LOG=$script_log exec $awk "{
      print ENVIRON[\"TAG\"] \$0 >> ENVIRON[\"OUT\"]
      fflush(ENVIRON[\"OUT\"])
      print strftime(\"%Y-%m-%d %H:%M:%S\") \" \" ENVIRON[\"TAG\"] \$0 >> ENVIRON[\"LOG\"]
      fflush(ENVIRON[\"LOG\"])
    }"
  fi
  while IFS= read -r line || [ -n "$line" ]; do
    log_line "$1$line"
  done
}

# Starts a program in the background as the leader of its own process group.
spawn() {
  if [ "$session" = setsid ]; then
    setsid "$@" &
  else
    set -m
    "$@" &
    set +m
  fi
}

# Waits for a child, also when a signal comes between.
wait_for() {
  while :; do
    signalled=
    wait "$1"
    [ -n "$signalled" ] || return 0
  done
}

# Role "clock": ends the script of ticket $1 when $2 seconds are over. When it has ended and something
# that it started holds its output, that is left alone, and only the readers $3 and $4 end. A process
# group of its own, so that it can be ended together with its sleep.
watch_the_clock() {
  ticket=$1
  sleep "$2"
  if [ -f "$ticket/code" ]; then
    echo outputs >"$ticket/expired"
  else
    echo script >"$ticket/expired"
    end_script "$ticket"
  fi
  kill "$3" "$4" 2>/dev/null
}

stop_the_clock() {
  kill -s KILL -- "-$clock" 2>/dev/null
  kill -s KILL "$clock" 2>/dev/null
  kill -s KILL -- "-$clock" 2>/dev/null
}

# What TERM does to this process: the script ends, and no other starts.
cancel() {
  signalled=1
  cancelled=1
  : >"$ticket/cancelled"
  end_script "$ticket" &
}

# Whether the script is there and, links followed, in its revision.
in_revision() {
  [ -e "$path" ] || return 1
  real=$(readlink -f -- "$path") && home_of_real=$(readlink -f -- "$revision") || return 1
  case $real in "$home_of_real"/*) return 0 ;; esac
  return 1
}

# Runs the next script of the plan. The arguments are its environment.
run_script() {
  { read -r timeout && text && location=$text; } || broken
  { text && path=$text && read -r count; } || broken
  while [ "$count" -gt 0 ]; do
    text || broken
    set -- "$@" "$text"
    count=$((count - 1))
  done
  [ ! -f "$ticket/cancelled" ] || finish cancelled "$number" 0
  in_revision || finish missing "$number" 0
  [ -x "$path" ] || chmod a+x -- "$path" || finish unexecutable "$number" 0
  left=$((limit - ($(date +%s) - began)))
  [ "$left" -ge "$timeout" ] || timeout=$left
  [ "$timeout" -gt 0 ] || finish expired "$number" 0
  log_line "Script - $location"
  rm -f "$ticket/out" "$ticket/err" "$ticket/script" "$ticket/code" "$ticket/expired"
  must mkfifo "$ticket/out" "$ticket/err"
  tag_lines "[stdout]" <"$ticket/out" &
  out_reader=$!
  tag_lines "[stderr]" <"$ticket/err" &
  err_reader=$!
  (
    spawn env ${signals:+"$signals"} -i "$@"
    script=$!
    echo "$script" >"$ticket/script.new"
    mv "$ticket/script.new" "$ticket/script"
    [ ! -f "$ticket/cancelled" ] || end_script "$ticket"
    wait "$script"
    echo $? >"$ticket/code.new"
    mv "$ticket/code.new" "$ticket/code"
  ) </dev/null >"$ticket/out" 2>"$ticket/err" &
  waiter=$!
  spawn sh -c "eval \"\$runner\"" slipway clock "$ticket" "$timeout" "$out_reader" "$err_reader" \
    </dev/null >/dev/null 2>&1
  clock=$!
  wait_for "$waiter"
  [ -z "$cancelled" ] || kill "$out_reader" "$err_reader" 2>/dev/null
  open=
  wait_for "$out_reader"
  [ ! -f "$ticket/expired" ] || open=1
  wait_for "$err_reader"
  [ ! -f "$ticket/expired" ] || open=${open:-2}
  if [ -z "$open" ] || ! kill -s 0 -- "-$(cat "$ticket/script")" 2>/dev/null; then
    stop_the_clock
  fi
  wait_for "$clock"
  [ -z "$cancelled" ] || finish cancelled "$number" 0
  if [ -n "$open" ]; then
    read -r what <"$ticket/expired"
    [ "$what" = outputs ] && finish open "$number" "$open"
    finish expired "$number" 0
  fi
  read -r code <"$ticket/code"
  [ "$code" = 0 ] || finish failed "$number" "$code"
}

# The scripts of an event, one after the other. The arguments are the environment so far.
run_hooks() {
  began=$(date +%s)
  { read -r limit && read -r count; } || broken
  while [ "$count" -gt 0 ]; do
    text || broken
    set -- "$@" "$text"
    count=$((count - 1))
  done
  { text && revision=$text && read -r scripts; } || broken
  must mkdir -p "$home/logs"
  script_log=$home/logs/scripts.log
  log_line "LifecycleEvent - $event"
  number=0
  while [ "$number" -lt "$scripts" ]; do
    run_script "$@"
    number=$((number + 1))
  done
}

# What of the host goes into the environment of scripts.
with_environment_of_host() {
  todo=$1
  set -- "PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}"
  for variable in HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR \
    LC_CTYPE LC_MESSAGES LC_COLLATE LC_TIME LC_NUMERIC LC_MONETARY LC_PAPER LC_MEASUREMENT; do
    eval "value=\${$variable-}"
    # shellcheck disable=SC2154 # set by the line above
    [ -z "$value" ] || set -- "$@" "$variable=$value"
  done
  [ -z "$locale" ] || set -- "$@" "LC_ALL=$locale"
  "$todo" "$@"
}
