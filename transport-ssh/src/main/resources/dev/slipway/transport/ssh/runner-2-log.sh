# Part of role "work": what scripts say.
#
# Readers put lines into the pipe of the logger. Each piece is written at once and short enough not to
# be mixed with another; its first letter says what it is:
#
#   >name   the file of the event that begins
#   -text   a line of the runner
#   a b     a piece of a line of standard output, of standard error
#   A B     the last piece
#   !       says "done" when all before it is written
#
# The logger wakes the follower only when that has asked for it, so that nothing piles up in its pipe.

# The first line that a logger writes says what it has found out about the tools of the host.
log_with_awk() {
  # shellcheck disable=SC2086 # a program and its options
  LOG=$home/logs/scripts.log ALL=$all_log NAME=$deployment WANT=$link/want WAKE=$link/wake \
    BEGUN=$link/logger AWK=$awk $awk "
    BEGIN {
      if (!(strftime(\"%Y\") > 2000)) exit 1
      print \"1\" > ENVIRON[\"BEGUN\"]
      close(ENVIRON[\"BEGUN\"])
      print ENVIRON[\"AWK\"]
      fflush()
      log_file = ENVIRON[\"LOG\"]
      all_file = ENVIRON[\"ALL\"]
      name = ENVIRON[\"NAME\"]
      want = ENVIRON[\"WANT\"]
      wake = ENVIRON[\"WAKE\"]
      tag[\"A\"] = \"[stdout]\"
      tag[\"B\"] = \"[stderr]\"
    }
    {
      kind = substr(\$0, 1, 1)
      text = substr(\$0, 2)
    }
    kind == \">\" {
      if (out) close(out)
      out = text
      next
    }
    kind == \"!\" {
      print \"done\"
      fflush()
      next
    }
    kind == \"a\" || kind == \"b\" {
      begun[toupper(kind)] = begun[toupper(kind)] text
      next
    }
    {
      line = tag[kind] begun[kind] text
      begun[kind] = \"\"
      print line >> out
      fflush(out)
      time = strftime(\"%Y-%m-%d %H:%M:%S\")
      print time \" \" line >> log_file
      fflush(log_file)
      if (all_file) {
        sub(/[ \\t\\r]+\$/, \"\", line)
        print \"[\" time \".000] [\" name \"]\" line >> all_file
        fflush(all_file)
      }
      answer = \"\"
      asked = (getline answer < want) > 0 && answer == \"1\"
      close(want)
      if (asked) {
        print \"0\" > want
        close(want)
        print \"wake\" >> wake
        fflush(wake)
      }
    }"
}

# The same, for hosts whose awk cannot tell the time.
log_with_shell() {
  echo
  begun_a=
  begun_b=
  while IFS= read -r piece; do
    line=${piece#?}
    case $piece in
      ">"*)
        out=$line
        continue
        ;;
      "!"*)
        echo "done"
        continue
        ;;
      a*)
        begun_a=$begun_a$line
        continue
        ;;
      b*)
        begun_b=$begun_b$line
        continue
        ;;
      A*)
        line="[stdout]$begun_a$line"
        begun_a=
        ;;
      B*)
        line="[stderr]$begun_b$line"
        begun_b=
        ;;
    esac
    printf "%s\n" "$line" >>"$out"
    time=$(date "+%Y-%m-%d %H:%M:%S")
    printf "%s %s\n" "$time" "$line" >>"$home/logs/scripts.log"
    [ -z "$all_log" ] || printf "[%s.000] [%s]%s\n" "$time" "$deployment" "$line" >>"$all_log"
    asked=
    [ ! -f "$link/want" ] || read -r asked <"$link/want"
    if [ "$asked" = 1 ]; then
      echo 0 >"$link/want"
      echo wake >"$link/wake"
    fi
  done
}

# The role of the logger.
log_scripts() {
  cd "$tickets" || exit 1
  for awk in "awk -W interactive" awk; do
    log_with_awk && exit
    [ ! -f "$link/logger" ] || exit 1
  done
  log_with_shell
}

# Makes the log of all deployments of the host, or a new one when it has become large. It has the
# form that the agent of AWS gives it, though a shell knows no fractions of a second.
begin_log_of_all() {
  all_log=
  [ -n "$program" ] || return 0
  all_log=$root/deployment-logs/$program-deployments.log
  if [ -f "$all_log" ]; then
    [ "$log_size" -ge 67108864 ] || return 0
    for age in 6 5 4 3 2 1 0; do
      [ ! -f "$all_log.$age" ] || mv -f "$all_log.$age" "$all_log.$((age + 1))"
    done
    mv -f "$all_log" "$all_log.0"
  fi
  [ -d "$root/deployment-logs" ] || mkdir -p "$root/deployment-logs" || return
  date "+# Logfile created on %Y-%m-%d %H:%M:%S %z" >>"$all_log"
}

# Starts the logger, which finds out about the awk of the host once for all scripts.
prepare_for_scripts() {
  [ -d "$home/logs" ] || mkdir -p "$home/logs" || return
  begin_log_of_all
  exec 4<>"$link/log"
  # In brackets: around a function a shell would keep what is closed here, and others would wait for its end.
  (log_scripts) <"$link/log" >"$link/logged" 2>/dev/null 4>&- 7>&- &
  # Only the logger writes there, so that its end can be seen.
  exec 5<"$link/logged"
  read -r awk <&5 || return
  # From now on only the logger reads there, so that who writes to it sees its end as well.
  exec 4>"$link/log"
  echo "0 0 0 0 0 ." >"$link/clock"
  echo "0 ." >"$link/timer"
  : >"$link/timers"
  prepared=1
}

# Says text $1 in the name of the runner.
say_lines() {
  more=$1
  while :; do
    line=${more%%"$newline"*}
    printf "%s\n" "-$line" >&4
    [ "$line" != "$more" ] || return 0
    more=${more#*"$newline"}
  done
}

# Waits until all that was said is written.
await_log() {
  echo "!" >&4
  until read -r line <&5; do
    # A signal may have come between.
    [ -n "$signalled" ] || fail "The log of the scripts cannot be written."
    signalled=
  done
}

# Puts the lines of the input into the pipe, with letter $2 before the last piece of each and $1 before
# the others. A shell reads slowly but needs no other program; who says much is worth one.
read_lines() {
  count=0
  while IFS= read -r line || [ -n "$line" ]; do
    while [ "${#line}" -gt 4000 ]; do
      piece=$(printf "%.4000s" "$line")
      printf "%s%s\n" "$1" "$piece"
      line=${line#"$piece"}
    done
    printf "%s%s\n" "$2" "$line"
    count=$((count + 1))
    if [ "$count" -ge 30 ] && [ -n "$awk" ]; then
      PIECE=$1 LAST=$2 exec $awk "{
        while (length(\$0) > 4000) {
          print ENVIRON[\"PIECE\"] substr(\$0, 1, 4000)
          fflush()
          \$0 = substr(\$0, 4001)
        }
        print ENVIRON[\"LAST\"] \$0
        fflush()
      }" 2>/dev/null
    fi
  done
}
