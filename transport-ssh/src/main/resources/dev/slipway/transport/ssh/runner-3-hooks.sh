# Part of role "work": the scripts of one event.

tab="	"

# Starts a script in the background as the leader of its own process group. The arguments are its variables,
# "--", and its command.
spawn() {
  [ "$session" = setsid ] || set -m
  become_script "$@" &
  [ "$session" = setsid ] || set +m
}

# Makes this process the script.
become_script() {
  if [ -n "$locale" ]; then LC_ALL=$locale; else unset LC_ALL; fi
  unset PWD OLDPWD SHLVL
  # From here on a variable of the script may have the name of one of ours.
  while [ "$1" != -- ]; do
    # shellcheck disable=SC2163 # the argument has the name
    export "$1"
    shift
  done
  shift
  exec "$@"
}

# The words that start a script, into $starter: they make it a leader, and take away what bash adds to
# what it starts. A script may have another path to search.
find_starter() {
  starter=
  [ "$session" != setsid ] || starter=$(command -v setsid)
  [ -z "${BASH_VERSION-}" ] || starter="$starter $(command -v env) -u _"
}

# Waits for child $1, also when a signal comes between; its status comes into $code.
wait_for() {
  while :; do
    signalled=
    code=0
    wait "$1" || code=$?
    [ -n "$signalled" ] || return 0
  done
}

# The clock: sleeps $1 hundredths of a second, then looks whether the time of the script that runs by
# then is over. One clock serves all scripts that are to end later than it wakes.
watch_the_clock() {
  before=$!
  # A process that has only just been started may miss any signal but this.
  trap "[ \"\$!\" = \"\$before\" ] || kill -s KILL \"\$!\"; exit 0" TERM
  read -r wakes dot <"$link/timer"
  { [ "$wakes" != over ] && [ -f "$link/timer" ]; } || exit 0
  left=$1
  while :; do
    sleep $(((left + 99) / 100)) &
    wait "$!"
    left=100
    read -r until script born first second dot rest <"$link/clock" || exit 0
    [ "$dot" = . ] || continue
    if [ "$until" = 0 ]; then
      # Whoever starts a script after this sees that nobody watches.
      echo "0 ." >"$link/timer"
      read -r until script born first second dot rest <"$link/clock" || exit 0
      [ "$until" != 0 ] || exit 0
      [ "$dot" = . ] || continue
    fi
    read_now
    left=$((until - now))
    if [ "$left" -gt 0 ]; then
      echo "$((now + (left + 99) / 100 * 100)) ." >"$link/timer"
      continue
    fi
    echo "0 ." >"$link/timer"
    time_is_over
    exit 0
  done
}

# Ends the script, or, when it has ended and something that it started holds its output, only the
# readers of that.
time_is_over() {
  trap "" TERM
  mark=$tickets/$rest
  if is_process "$script" "$born"; then
    echo script >"$mark"
    end_script "${mark%/*}"
  else
    echo outputs >"$mark"
  fi
  kill "$first" "$second" 2>/dev/null
}

# Sees to it that a clock looks at this script when its time is over.
set_the_clock() {
  read_now
  until=$((now + timeout * 100))
  echo "$until $script $script_birth $out_reader $err_reader . ${mark#"$tickets/"}" >"$link/clock"
  read -r wakes dot <"$link/timer"
  if [ "$dot" != . ] || [ "$wakes" -le "$now" ] || [ "$wakes" -gt "$until" ]; then
    echo "$until ." >"$link/timer"
    # In brackets, see prepare_for_scripts().
    (watch_the_clock $((timeout * 100))) </dev/null >/dev/null 2>&1 4>&- 5<&- 7>&- &
    ! birth_of $! || echo "$! $birth ." >>"$link/timers"
  fi
}

# What TERM does to this process: the script ends, and no other starts.
cancel() {
  signalled=1
  cancelled=1
  : >"$ticket.cancelled"
  end_script "$ticket" &
}

# Whether the script is there and, links followed, in its revision.
in_revision() {
  [ -e "$path" ] || return 1
  below=$revision
  rest=${path#"$revision"}
  linked=
  while [ -n "$rest" ]; do
    rest=${rest#/}
    below=$below/${rest%%/*}
    [ ! -L "$below" ] || linked=1
    case $rest in */*) rest=/${rest#*/} ;; *) rest= ;; esac
  done
  [ -n "$linked" ] || return 0
  real=$(readlink -f -- "$path") && home_of_real=$(readlink -f -- "$revision") || return 1
  case $real in "$home_of_real"/*) return 0 ;; esac
  return 1
}

# Why the system would not start the script, into $problem: 1 it is a directory, 2 its interpreter is
# missing, 3 its interpreter is missing for a carriage return. The shell that starts it would say less.
find_problem() {
  problem=
  if [ -d "$path" ]; then
    problem=1
    return
  fi
  line=
  IFS= read -r line <"$path" || :
  case $line in "#!"*) ;; *) return 0 ;; esac
  rest=${line#??}
  while :; do
    case $rest in [" $tab"]*) rest=${rest#?} ;; *) break ;; esac
  done
  interpreter=${rest%%[" $tab"]*}
  [ -n "$interpreter" ] && [ ! -e "$interpreter" ] || return 0
  problem=2
  return=$(printf "\r.")
  case $line in *"${return%.}") problem=3 ;; esac
}

# Whether account $1, with the groups $2, may do what letters $3 of a mode say with $4, links followed.
may() {
  # shellcheck disable=SC2012,SC2046 # mode, links, owner and group come first
  set -- "$1" "$2" "$3" $(ls -ldnL -- "$4" 2>/dev/null) "" "" "" ""
  rights=${4#????}
  if [ "$6" = "$1" ]; then
    rights=${4#?}
  else
    case " $2 " in *" $7 "*) ;; *) rights=${4#???????} ;; esac
  fi
  case $3.$rights in
    x.??[xst]* | rx.r?[xst]*) return 0 ;;
  esac
  return 1
}

# Says what keeps account $1 from the script, if something does. Judged by owners and modes alone.
say_what_blocks() {
  user=$(id -u -- "$1" 2>/dev/null) && groups=$(id -G -- "$1" 2>/dev/null) || return 0
  [ "$user" != 0 ] || return 0
  below=
  rest=${path#/}
  while :; do
    if ! may "$user" "$groups" x "${below:-/}"; then
      say_lines "Script - $location: the account $1 may not enter the directory ${below:-/}"
      return
    fi
    case $rest in */*) ;; *) break ;; esac
    below=$below/${rest%%/*}
    rest=${rest#*/}
  done
  may "$user" "$groups" rx "$path" ||
    say_lines "Script - $location: the account $1 may not read and run $path"
}

# Sees to it that output which somebody holds after the script has ended is closed soon.
let_go() {
  {
    sleep 2
    echo let-go >"$mark"
    kill "$out_reader" "$err_reader"
  } </dev/null >/dev/null 2>&1 4>&- 5<&- 7>&- &
  dropper=$!
}

# Runs the next script of the plan. The arguments are the variables of all scripts.
run_script() {
  { read -r timeout && text && location=$text; } || broken
  { text && path=$text && text && account=$text && read -r count; } || broken
  [ -z "$path" ] || path=$revision/$path
  # shellcheck disable=SC2086 # words, or none
  set -- "$@" -- $starter
  # Most often the script is the whole command.
  [ "$count" -gt 0 ] || set -- "$@" "$path"
  while [ "$count" -gt 0 ]; do
    text || broken
    set -- "$@" "$text"
    count=$((count - 1))
  done
  run_command "$@"
}

# Runs the script of which all is known by now. The arguments are its variables, "--", and its command.
run_command() {
  [ ! -f "$ticket.cancelled" ] || end_hooks cancelled 0
  in_revision || end_hooks missing 0
  [ -x "$path" ] || chmod a+x -- "$path" || end_hooks unexecutable 0
  read_now
  left=$(((limit - now + 99) / 100))
  [ "$left" -ge "$timeout" ] || timeout=$left
  [ "$timeout" -gt 0 ] || end_hooks expired 0
  say_lines "Script - $location"
  find_problem
  [ -z "$problem" ] || end_hooks unstartable "$problem"
  # A mark that comes too late must not be taken for that of the next script.
  mark=$ticket/expired.$number
  [ -p "$link/out" ] || must mkfifo -m 600 "$link/out" "$link/err"
  # In brackets, see prepare_for_scripts().
  (read_lines a A) <"$link/out" >&4 4>&- 5<&- 7>&- &
  out_reader=$!
  (read_lines b B) <"$link/err" >&4 4>&- 5<&- 7>&- &
  err_reader=$!
  spawn "$@" </dev/null >"$link/out" 2>"$link/err" 3<&- 4>&- 5<&- 7>&-
  script=$!
  birth_of "$script"
  script_birth=${birth:-0}
  echo "$script $script_birth ." >"$ticket/script"
  set_the_clock
  [ ! -f "$ticket.cancelled" ] || end_script "$ticket"
  wait_for "$script"
  status=$code
  [ -z "$cancelled" ] || kill "$out_reader" "$err_reader" 2>/dev/null
  dropper=
  [ -z "$lets_go" ] || let_go
  open=
  wait_for "$out_reader"
  [ ! -f "$mark" ] || open=1
  wait_for "$err_reader"
  [ ! -f "$mark" ] || open=${open:-2}
  echo "0 0 0 0 0 ." >"$link/clock"
  [ -z "$dropper" ] || kill "$dropper" 2>/dev/null
  if [ -n "$cancelled$open" ]; then
    # Something may still hold these.
    rm -f "$link/out" "$link/err"
  fi
  [ -z "$cancelled" ] || end_hooks cancelled 0
  if [ -n "$open" ]; then
    read -r what <"$mark"
    case $what in
      outputs) end_hooks open "$open" ;;
      let-go)
        held=STDOUT
        [ "$open" = 1 ] || held=STDERR
        say_lines "Script - $location: ended; $held is still held, and is closed"
        ;;
      *)
        read_now
        last=$((now + 600))
        while [ "$now" -lt "$last" ] && kill -0 "-$script" 2>/dev/null; do
          nap
          read_now
        done
        end_hooks expired 0
        ;;
    esac
  fi
  [ "$status" != 0 ] || return 0
  [ -z "$account" ] || say_what_blocks "$account"
  end_hooks failed "$status"
}

# Ends the event at the script that is on.
end_hooks() {
  await_log
  finish "$1" "$number" "$2"
}

# The scripts of an event, one after the other. The arguments are the variables that all of them get.
run_hooks() {
  read -r limit || broken
  read_now
  limit=$((now + limit * 100))
  { text && revision=${text:-$archive} && text && read -r scripts; } || broken
  [ -n "$text" ] || text=$revision
  cd -- "$text" 2>/dev/null || fail "Scripts are to start in the directory $text, which cannot be entered."
  printf ">%s/output\n" "$event-$attempt" >&4
  say_lines "LifecycleEvent - $event"
  number=0
  while [ "$number" -lt "$scripts" ]; do
    run_script "$@"
    number=$((number + 1))
  done
  await_log
}
