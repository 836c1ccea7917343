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

# The AppSpec in revision $1.
send_app_spec() {
  for name in "$app_spec" "$other_app_spec"; do
    if [ -n "$name" ] && [ -f "$1/$name" ]; then
      send "$1/$name" "$2"
      return
    fi
  done
}

check_tools() {
  missing=
  for tool in tar head mkdir mkfifo mv cp rm rmdir cat wc ls id date sleep env chmod chown readlink tr xargs kill; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
  done
  # Whether an event still runs is read there.
  [ -r "/proc/$$/stat" ] || missing="$missing /proc"
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
  if [ "$(printf abc | { head -c 1 >/dev/null 2>&1; cat 2>/dev/null; })" = bc ]; then
    exact="head"
  elif [ "$(printf abc | { dd bs=1 count=1 iflag=fullblock >/dev/null 2>&1; cat 2>/dev/null; })" = bc ]; then
    exact="dd"
  else
    missing="$missing head-that-reads-no-further"
  fi
  if [ -n "$missing" ]; then
    say "MISSING$missing"
    exit 3
  fi
  tenth=0.1
  tenth_counts=1
  if ! sleep 0.01 2>/dev/null; then
    tenth=1
    tenth_counts=10
  fi
  signals=--default-signal=INT,QUIT
  env "$signals" true 2>/dev/null || signals=
  awk=
  if [ "$(awk "BEGIN { print strftime(\"%H\") + 1 }" </dev/null 2>/dev/null)" ]; then
    awk="awk"
    case $(awk -W version </dev/null 2>&1) in mawk*) awk="awk -W interactive" ;; esac
  fi
}

# A process of the agent of AWS that works on the same deployment root.
look_for_agent() {
  pid_file=${root%/*}/state/.pid/codedeploy-agent.pid
  [ -r "$pid_file" ] && read -r agent <"$pid_file" || return 0
  case $agent in "" | *[!0-9]*) return 0 ;; esac
  # The number may belong to somebody else by now. There is no newline at the end of this file.
  line=
  [ -r "/proc/$agent/cmdline" ] && read -r line <"/proc/$agent/cmdline"
  case $line in *codedeploy*) say "AGENT $agent" ;; esac
}

# A list that somebody else may write to must not decide what is removed.
trusted() {
  [ -f "$1" ] && [ ! -L "$1" ] || return 1
  # shellcheck disable=SC2012,SC2046 # mode and owner come first
  set -- $(ls -ln "$1")
  case $1 in ????????w*) return 1 ;; esac
  [ "$3" = "$uid" ] || [ "$3" = 0 ]
}

hello() {
  uid=$(id -u)
  say "HELLO 1 $uid $exact"
  send_text "$(id -un 2>/dev/null)" USER
  send_text "$root" ROOT
  has=
  for tool in gzip setfacl semanage restorecon sudo su; do
    command -v "$tool" >/dev/null 2>&1 && has="$has $tool"
  done
  say "HAS$has"
  look_for_agent
  for pointer in last_successful most_recent; do
    if [ -f "$instructions/${group}_${pointer}_install" ]; then
      revision=$(cat "$instructions/${group}_${pointer}_install")
      send_text "$revision" "POINTER $pointer"
      send_app_spec "$revision/deployment-archive" "APPSPEC $pointer"
    fi
  done
  if [ -d "$archive" ]; then
    say "ARCHIVE"
    send_app_spec "$archive" "APPSPEC current"
  fi
  if [ -e "$cleanup" ]; then
    if trusted "$cleanup"; then send "$cleanup" CLEANUP; else say "DISTRUSTED"; fi
  fi
  say "READY"
}
