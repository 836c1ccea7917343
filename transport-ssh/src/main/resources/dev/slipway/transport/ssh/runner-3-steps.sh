# Role "event": the events that have no scripts, DownloadBundle and Install.

check_sum() {
  found=$(sum_of "$1")
  [ "$found" = "$2" ] || fail "The bundle has the SHA-256 $found on the host, but should have $2. It was not unpacked."
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
  tree "$archive" "" >"$ticket/tree"
  sum_of "$ticket/tree" >"$tickets/tree"
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

# Runs a program over the next names of the plan, as many times as it takes for all of them.
each() {
  take "$bytes" | xargs -0 "$@" >/dev/null 2>"$ticket/message" && return 0
  [ -f "$ticket/status" ] || finish error 0 0
  exit 0
}

# Notes the next names of the plan in the list of what this install has created.
list() {
  take "$bytes" | tr "\000" "\n" >>"$cleanup" 2>"$ticket/message" || finish error 0 0
}

# Makes directories, and notes them when they are there.
make_directories() {
  take "$bytes" >"$ticket/names"
  xargs -0 mkdir -- <"$ticket/names" 2>"$ticket/message" || finish error 0 0
  tr "\000" "\n" <"$ticket/names" >>"$cleanup"
}

# Role "copy": copies files into directory $1. Bits that change who a program runs as do not go along.
copy_into() {
  directory=$1
  shift
  for file in "$@"; do
    if [ ! -L "$file" ] && { [ -u "$file" ] || [ -g "$file" ]; }; then
      chmod -- ug-s "$file"
    fi
  done
  cp -pP -- "$@" "$directory/" || exit 255
}

change_owner() {
  take "$bytes" | xargs -0 chown -- "$1" >/dev/null 2>"$ticket/message" && return 0
  case $(cat "$ticket/message") in
    *"invalid user"* | *"unknown user"*) fail "can${apostrophe}t find user for ${1%%:*}" ;;
    *"invalid group"* | *"unknown group"*) fail "can${apostrophe}t find group for ${1#*:}" ;;
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

# Role "acl": sets an access control list, with the file's own bits in place of @u, @g and @o.
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

# Role "context": SELinux, with $1 user, $2 type and $3 range, of which user and range may be empty.
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

# The steps of an event without scripts: a word, the number of bytes of the names that follow, each
# with a zero byte behind it, and more words. Some have texts before their names.
run_steps() {
  must mkdir -p "$home" "$instructions"
  this="eval \"\$runner\""
  while read -r word bytes first second; do
    case $word in
      sweep) sweep "$first" ;;
      unpack) unpack "$first" "$second" ;;
      recent) point "$instructions/${group}_most_recent_install" ;;
      last) point "$instructions/${group}_last_successful_install" ;;
      remove) each rm -f -- ;;
      rmdir) take "$bytes" | xargs -0 rmdir -- >/dev/null 2>&1 ;;
      forget) take "$bytes" | xargs -0 -n 1 semanage fcontext -d >/dev/null 2>&1 ;;
      begin)
        must mv "$ticket/install.json" "$instructions/$group-install.json"
        must rm -f "$cleanup"
        : >"$cleanup" || fail "cannot write $cleanup"
        ;;
      mkdir) make_directories ;;
      list) list ;;
      copy)
        text || broken
        each sh -c "$this" slipway copy "$text"
        ;;
      chmod) each chmod -- "$first" ;;
      chown)
        text || broken
        change_owner "$text"
        ;;
      setfacl)
        text || broken
        each sh -c "$this" slipway acl "$text"
        ;;
      semanage)
        { text && user=$text && text && type=$text && text; } || broken
        each sh -c "$this" slipway context "$user" "$type" "$text"
        ;;
      *) fail "The runner does not know the step $word." ;;
    esac
  done
}

run_event() {
  ticket=$1
  event=$2
  generation=$3
  apostrophe=$(printf "\047")
  export ticket
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
