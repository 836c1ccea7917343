# Role "event": the events that have no scripts, DownloadBundle and Install.

check_sum() {
  if [ "$sum" = sha256sum ]; then
    found=$(sha256sum <"$1")
  else
    found=$(openssl dgst -sha256 -r <"$1")
  fi
  [ "${found%% *}" = "$2" ] || fail "The bundle has the SHA-256 ${found%% *} on the host, but should have $2. It was not unpacked."
}

# A single directory at the top goes away when something in it is called like an AppSpec.
strip_leading_directory() {
  only=
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    [ -z "$only" ] || return 0
    only=$entry
  done
  [ -n "$only" ] && [ -d "$only" ] || return 0
  for entry in "$only"/*[aA][pP][pP][sS][pP][eE][cC]* "$only"/.*[aA][pP][pP][sS][pP][eE][cC]*; do
    if [ -e "$entry" ]; then
      must mv "$only" "$ticket/stripped"
      must rmdir "$1"
      must mv "$ticket/stripped" "$1"
      return 0
    fi
  done
}

# $1 is the format, $2 the SHA-256. Bits that change who a program runs as do not arrive.
unpack() {
  check_sum "$ticket/bundle" "$2"
  must mkdir -p "$home"
  must mv "$ticket/bundle" "$home/bundle.tar"
  rm -rf "$ticket/new"
  must mkdir "$ticket/new"
  options=-xp
  [ "$1" != tgz ] || options=-xzp
  if ! tar "$options" -f "$home/bundle.tar" -C "$ticket/new" >/dev/null 2>"$ticket/message"; then
    finish error 0 0
  fi
  must chmod -R ug-s "$ticket/new"
  strip_leading_directory "$ticket/new"
  must chmod 755 "$ticket/new"
  must rm -rf "$archive"
  must mv "$ticket/new" "$archive"
  tree "$archive" "" >"$tickets/tree"
}

# Old revisions of the group, so that at most $1 remain with this one; the last that was installed
# stays. What cannot be removed is no reason to fail.
sweep() {
  last=
  [ ! -f "$instructions/${group}_last_successful_install" ] ||
    last=$(cat "$instructions/${group}_last_successful_install")
  keep=$(($1 - 1))
  if [ -n "$last" ] && [ "$last" != "$home" ] && [ -d "$last" ]; then
    keep=$((keep - 1))
  fi
  # shellcheck disable=SC2012 # names that are no deployment ids are not ours to remove
  ls -1t "$root/$group" 2>/dev/null | while IFS= read -r old; do
    if [ "$old" = "$deployment" ] || [ "$root/$group/$old" = "$last" ]; then
      continue
    fi
    keep=$((keep - 1))
    if [ "$keep" -lt 0 ]; then
      rm -rf "${root:?}/${group:?}/${old:?}" 2>/dev/null
    fi
  done
  return 0
}

# Points from file $1 to this deployment.
point() {
  printf "%s" "$home" >"$ticket/pointer" || fail "cannot write $ticket/pointer"
  must mv "$ticket/pointer" "$1"
}

list() {
  printf "%s\n" "$@" >>"$cleanup" 2>"$ticket/message" || finish error 0 0
}

# Copies files ($1) named by the other arguments into directory $2.
copy_into() {
  kind=$1
  directory=$2
  shift 2
  must cp -pP -- "$@" "$directory/"
  [ "$kind" = files ] || return 0
  for source in "$@"; do
    shift
    set -- "$@" "$directory/${source##*/}"
  done
  must chmod -- ug-s "$@"
}

change_owner() {
  owner=$1
  shift
  chown -- "$owner" "$@" >/dev/null 2>"$ticket/message" && return 0
  case $(cat "$ticket/message") in
    *"invalid user"* | *"unknown user"*) fail "can${apostrophe}t find user for ${owner%%:*}" ;;
    *"invalid group"* | *"unknown group"*) fail "can${apostrophe}t find group for ${owner#*:}" ;;
  esac
  finish error 0 0
}

# The bits of one class as a list for access control has them: $1 of the form rwx, rws, r-S, rwt.
bits() {
  case $1 in
    *[st]) bits=${1%?}x ;;
    *[ST]) bits=${1%?}- ;;
    *) bits=$1 ;;
  esac
}

# Sets an access control list, with the file's own bits in place of @u, @g and @o.
set_acl() {
  wanted=$1
  shift
  for file in "$@"; do
    # shellcheck disable=SC2012 # only the mode is read, which comes first
    mode=$(ls -ldL -- "$file" 2>"$ticket/message") || finish error 0 0
    mode=${mode%% *}
    mode=${mode#?}
    rest=${mode#???}
    bits "${mode%"$rest"}"
    user=$bits
    mode=$rest
    rest=${mode#???}
    bits "${mode%"$rest"}"
    groups=$bits
    mode=$rest
    rest=${mode#???}
    bits "${mode%"$rest"}"
    entries=
    todo=$wanted,
    while [ -n "$todo" ]; do
      one=${todo%%,*}
      todo=${todo#*,}
      case $one in
        *@u) one=${one%@u}$user ;;
        *@g) one=${one%@g}$groups ;;
        *@o) one=${one%@o}$bits ;;
      esac
      entries=$entries${entries:+,}$one
    done
    code=0
    setfacl --set "$entries" -- "$file" >/dev/null 2>&1 || code=$?
    [ "$code" = 0 ] || fail "The deployment failed because of a problem with the acls permission settings in the application specification file for this object: $file. Failed command: setfacl --set $entries $file. Exit code: $code"
  done
}

# SELinux: $1 user, $2 type and $3 range, of which user and range may be empty.
set_context() {
  user=$1
  type=$2
  range=$3
  shift 3
  for file in "$@"; do
    real=$(readlink -f -- "$file") || real=$file
    set -- fcontext -a
    [ -z "$user" ] || set -- "$@" -s "$user"
    set -- "$@" -t "$type"
    [ -z "$range" ] || set -- "$@" -r "$range"
    code=0
    semanage "$@" "$real" >/dev/null 2>&1 || code=$?
    command="semanage $* $real"
    if [ "$code" = 0 ]; then
      command="restorecon -v $real"
      restorecon -v "$real" >/dev/null 2>&1 || code=$?
    fi
    [ "$code" = 0 ] || fail "The deployment failed because the application specification file contains an error in the settings for the context parameter. Update the permissions section of the AppSpec file, and then try again. Failed command: $command. Exit code: $code"
    printf "semanage\000%s\n" "$real" >>"$cleanup"
  done
}

# The steps of an event without scripts: a word, the number of texts that follow, and more words.
run_steps() {
  must mkdir -p "$home" "$instructions"
  while read -r word count first second; do
    set --
    while [ "$count" -gt 0 ]; do
      text || broken
      set -- "$@" "$text"
      count=$((count - 1))
    done
    case $word in
      sweep) sweep "$first" ;;
      unpack) unpack "$first" "$second" ;;
      recent) point "$instructions/${group}_most_recent_install" ;;
      last) point "$instructions/${group}_last_successful_install" ;;
      remove) must rm -f -- "$@" ;;
      rmdir) rmdir -- "$@" >/dev/null 2>&1 ;;
      forget) for path in "$@"; do semanage fcontext -d "$path" >/dev/null 2>&1; done ;;
      begin)
        must mv "$ticket/install.json" "$instructions/$group-install.json"
        must rm -f "$cleanup"
        : >"$cleanup" || fail "cannot write $cleanup"
        ;;
      mkdir)
        must mkdir -- "$@"
        list "$@"
        ;;
      list) list "$@" ;;
      copy) copy_into files "$@" ;;
      link) copy_into links "$@" ;;
      chmod) must chmod -- "$first" "$@" ;;
      chown) change_owner "$@" ;;
      setfacl) set_acl "$@" ;;
      semanage) set_context "$@" ;;
      *) fail "The runner does not know the step $word." ;;
    esac
  done
}

run_event() {
  ticket=$1
  event=$2
  generation=$3
  apostrophe=$(printf "\047")
  cancelled=
  trap cancel TERM
  read_boot
  birth_of $$
  printf "%s %s %s\n" $$ "$birth" "$boot" >"$ticket/process.new"
  mv "$ticket/process.new" "$ticket/process"
  # Whoever finds a ticket without a process may close it; then nothing starts any more.
  mkdir "$ticket/open" 2>/dev/null || exit 0
  look_at_lock
  [ "$highest" -le "$generation" ] || finish refused 0 "$highest"
  : >>"$ticket/output"
  cd /
  exec 3<"$ticket/plan"
  read -r kind <&3 || broken
  if [ "$kind" = hooks ]; then
    with_environment_of_host run_hooks <&3
  else
    trap "" TERM
    run_steps <&3
  fi
  finish ok 0 0
}

case $role in
  clock) watch_the_clock "$@" && exit 0 ;;
  event) run_event "$@" ;;
esac
