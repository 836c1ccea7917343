# Role "serve": what the host is like.

say() {
  printf "=%s\n" "$*"
}

# A frame with the bytes of file $1.
send() {
  size_of "$1"
  file=$1
  shift
  printf "+%s %s\n" "$*" "$size"
  cat "$file"
  echo
}

# A frame with text $1; under the C locale a length counts bytes.
send_text() {
  value=$1
  shift
  printf "+%s %s\n%s\n" "$*" "${#value}" "$value"
}

# The same for a file that is often a short text, which takes no program.
send_often_short() {
  if read_short "$1"; then
    shift
    send_text "$content" "$@"
  else
    send "$@"
  fi
}

# Finds the AppSpec in revision $1; its path comes into $found.
find_app_spec() {
  for name in "$app_spec" "$other_app_spec"; do
    found=$1/$name
    [ -z "$name" ] || [ ! -f "$found" ] || return 0
  done
  found=
  return 1
}

send_app_spec() {
  ! find_app_spec "$1" || send_often_short "$found" "$2"
}

check_tools() {
  missing=
  for tool in tar head mkdir mkfifo mv cp rm rmdir cat wc ls id date sleep env chmod chown readlink tr xargs kill; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
  done
  # Whether an event still runs is read there.
  { [ -r "/proc/$$/stat" ] && [ -r /proc/uptime ]; } || missing="$missing /proc"
  sum=
  command -v openssl >/dev/null 2>&1 && sum=openssl
  command -v sha256sum >/dev/null 2>&1 && sum=sha256sum
  [ -n "$sum" ] || missing="$missing sha256sum-or-openssl"
  session=setsid
  if ! command -v setsid >/dev/null 2>&1; then
    session=group
    (set -m && case $- in *m*) ;; *) exit 1 ;; esac) </dev/null >/dev/null 2>&1 ||
      missing="$missing setsid"
  fi
  exact=
  # What follows is short enough to be in a pipe that nobody has to fill at the same time.
  if { head -c 1 >/dev/null 2>&1 && read_is bc; } <<END
abc
END
  then
    exact="head"
  elif printf "abc\n" | { dd bs=1 count=1 iflag=fullblock >/dev/null 2>&1; read_is bc; }; then
    exact="dd"
  else
    missing="$missing head-that-reads-no-further"
  fi
  if [ -n "$missing" ]; then
    say "MISSING$missing"
    exit 3
  fi
}

# Whether the next line of the input is $1.
read_is() {
  read -r line && [ "$line" = "$1" ]
}

# The number of the account that this process acts for, into $uid, and the bits that it takes from the modes
# of what it makes, into $mask, which old kernels do not tell.
read_uid() {
  uid=
  mask=
  while read -r name first second more; do
    case $name in
      Umask:) mask=$first ;;
      Uid:)
        uid=$second
        break
        ;;
    esac
  done <"/proc/$$/status"
  [ -n "$mask" ] || mask=$(umask)
}

# A process of the agent of AWS that works on the same deployment root.
look_for_agent() {
  pid_file=${root%/*}/state/.pid/codedeploy-agent.pid
  agent=
  [ ! -r "$pid_file" ] || read -r agent <"$pid_file" || :
  case $agent in "" | *[!0-9]*) return 0 ;; esac
  # The number may belong to somebody else by now. There is no newline at the end of this file.
  line=
  [ -r "/proc/$agent/cmdline" ] && read -r line <"/proc/$agent/cmdline"
  case $line in *codedeploy*) say "AGENT $agent" ;; esac
}

# Looks at the list of what the last install has created, and at the log of all deployments, whose size
# comes into $log_size. One program tells of both.
look_at_files() {
  all_log=$root/deployment-logs/$program-deployments.log
  list=
  [ ! -f "$cleanup" ] || [ -L "$cleanup" ] || list=$cleanup
  log_size=0
  [ -n "$program" ] && [ -f "$all_log" ] || all_log=
  looks=
  if [ -n "$list$all_log" ]; then
    # shellcheck disable=SC2012 # mode, links, owner, group and size come first
    looks=$(ls -ln ${list:+"$list"} ${all_log:+"$all_log"})
  fi
  # They come in the order of their names.
  if [ -n "$all_log" ]; then
    # shellcheck disable=SC2086 # words
    set -- ${looks##*"$newline"} 0 0 0 0 0
    log_size=$5
  fi
  looks=${looks%%"$newline"*}
}

# Sends the list. One that somebody else may write to must not decide what is removed.
send_cleanup() {
  [ -e "$cleanup" ] || return 0
  if [ -n "$list" ]; then
    # shellcheck disable=SC2086 # words
    set -- $looks "" "" "" "" ""
    case $1 in
      ????????w*) ;;
      *)
        if [ "$3" = "$uid" ] || [ "$3" = 0 ]; then
          if [ "$5" -lt 4096 ]; then
            send_often_short "$cleanup" CLEANUP
          else
            printf "+CLEANUP %s\n" "$5"
            cat "$cleanup"
            echo
          fi
          return
        fi
        ;;
    esac
  fi
  send_text "$(id -un 2>/dev/null)" USER
  say "DISTRUSTED"
}

hello() {
  say "HELLO 1 $uid $exact"
  send_text "$root" ROOT
  has=
  for tool in gzip setfacl semanage restorecon sudo su; do
    command -v "$tool" >/dev/null 2>&1 && has="$has $tool"
  done
  say "HAS$has"
  look_for_agent
  look_at_lock
  look_at_files
  [ "$highest" = 0 ] || say "GENERATION $highest"
  sent=
  holder=
  for pointer in last_successful most_recent; do
    if first_line "$instructions/${group}_${pointer}_install"; then
      revision=$line
      send_text "$revision" "POINTER $pointer"
      # It is nearly always the same.
      [ "$revision" = "$sent" ] || send_app_spec "$revision/deployment-archive" "APPSPEC $pointer"
      sent=$revision
      [ ! -f "$revision/tickets/held" ] || holder=$revision
    fi
  done
  [ -z "$holder" ] || send_text "$holder" HOLDER
  if [ -d "$archive" ]; then
    say "ARCHIVE"
    send_app_spec "$archive" "APPSPEC current"
  fi
  send_cleanup
  say "READY"
}
