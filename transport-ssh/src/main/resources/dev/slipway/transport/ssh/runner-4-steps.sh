# Part of role "work": the events that have no scripts, DownloadBundle and Install.

# What the host has made itself was summed up then.
check_sum() {
  found=
  [ ! -f "$link/sum" ] || read -r found <"$link/sum"
  [ -n "$found" ] || sum_of "$1"
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

# $1 is the format, $2 the SHA-256, $3 whether to keep the bundle, or to drop it, or to drop it and
# take its files for new ones, because it is only the way in which a directory travels. Bits that
# change who a program runs as do not arrive.
unpack() {
  check_sum "$link/bundle.tar" "$2"
  new=$ticket/deployment-archive
  [ -d "$new" ] || must mkdir "$new"
  options=-xp
  [ "$1" != tgz ] || options=-xzp
  [ "$3" != renew ] || options=${options}m
  if ! tar "$options" -f "$link/bundle.tar" -C "$new" >/dev/null 2>"$ticket/message"; then
    finish error 0 0
  fi
  strip_leading_directory "$new"
  raised=
  tree "$new" "" >"$tickets/tree"
  [ -z "$raised" ] || [ -n "$keeps_bits" ] || must chmod -R ug-s "$new"
  must chmod u=rwx,go=rx,ug-s,a-t "$new"
  [ ! -e "$archive" ] || must rm -rf "$archive"
  if [ "$3" = keep ]; then
    must mv "$link/bundle.tar" "$new" "$home/"
  else
    : >"$link/bundle.tar"
    must mv "$new" "$home/"
  fi
}

# Old revisions of the group, so that at most $1 remain with this one; the last that was installed
# stays. What cannot be removed is no reason to fail.
sweep() {
  first_line "$instructions/${group}_last_successful_install"
  last=$line
  keep=$(($1 - 1))
  if [ -n "$last" ] && [ "$last" != "$home" ] && [ -d "$last" ]; then
    keep=$((keep - 1))
  fi
  set --
  for old in "$root/$group"/*; do
    if [ "$old" != "$home" ] && [ "$old" != "$last" ]; then
      set -- "$@" "$old"
    fi
  done
  while [ $# -gt 0 ] && [ $# -gt "$keep" ]; do
    oldest=$1
    for old in "$@"; do
      # shellcheck disable=SC3013 # all shells that hosts have know it
      [ "$oldest" -ot "$old" ] || oldest=$old
    done
    rm -rf "${oldest:?}" 2>/dev/null
    for old in "$@"; do
      shift
      [ "$old" = "$oldest" ] || set -- "$@" "$old"
    done
  done
  return 0
}

# Points from file $1 to this deployment. A name as long as the one before is written over it at once;
# anything else takes a program, so that nobody finds a part of it.
point() {
  if [ ! -L "$1" ] && first_line "$1" && [ "${#line}" = "${#home}" ]; then
    printf "%s" "$home" 1<>"$1" || fail "cannot write $1"
    return
  fi
  printf "%s" "$home" >"$ticket/pointer" || fail "cannot write $ticket/pointer"
  must mv "$ticket/pointer" "$1"
}

# Runs a program over the next names of the plan: $bytes of them at a time as xargs likes, or, when
# they are few, $count texts at once.
each() {
  if [ "$count" -gt 0 ]; then
    left=$count
    while [ "$left" -gt 0 ]; do
      text || broken
      set -- "$@" "$text"
      left=$((left - 1))
    done
    "$@" >/dev/null 2>"$ticket/message" </dev/null && return 0
    finish error 0 0
  fi
  take "$bytes" | in_runner xargs -0 "$@" >/dev/null 2>"$ticket/message" && return 0
  [ -f "$ticket/status" ] || finish error 0 0
  exit 0
}

# The same with a role of the runner, which the first argument names.
each_in_role() {
  if [ "$count" -gt 0 ]; then
    each "$@"
  else
    each sh -c "$start_many" slipway "$@"
  fi
}

# Notes names in the list of what this install has created.
note() {
  printf "%s\n" "$@" >>"$cleanup"
}

# Notes the next names of the plan.
list() {
  if [ "$count" -gt 0 ]; then
    each note
  else
    take "$bytes" | tr "\000" "\n" >>"$cleanup" 2>"$ticket/message" || finish error 0 0
  fi
}

# Makes directories, and notes them when they are there.
make_and_note() {
  mkdir -- "$@" && note "$@"
}

make_directories() {
  if [ "$count" -gt 0 ]; then
    each make_and_note
    return
  fi
  take "$bytes" >"$link/names"
  xargs -0 mkdir -- <"$link/names" 2>"$ticket/message" || finish error 0 0
  tr "\000" "\n" <"$link/names" >>"$cleanup"
}

# What may be gone or in use.
remove_directories() {
  rmdir -- "$@" 2>/dev/null
  return 0
}

lower_rights() {
  if [ -z "$keeps_bits" ] && [ ! -L "$1" ] && { [ -u "$1" ] || [ -g "$1" ]; }; then
    chmod -- ug-s "$1"
  fi
}

# Copies what has the other names from below directory $1 to below directory $2, a directory at a time.
# Bits that change who a program runs as do not go along.
copy_tree() {
  source=$1
  # shellcheck disable=SC2034 # copy_files() evaluates it
  destination=$2
  position=0
  files=
  here=
  for name in "$@"; do
    position=$((position + 1))
    [ "$position" -gt 2 ] || continue
    lower_rights "$source/$name"
    case $name in */*) there=/${name%/*} ;; *) there= ;; esac
    if [ "$there" != "$here" ] && [ -n "$files" ]; then
      copy_files "$@" || return 1
      files=
    fi
    here=$there
    # Only the position of the name: no name is read as shell source.
    files="$files \"\$source/\${$position}\""
  done
  copy_files "$@"
}

copy_files() {
  eval "cp -pP -- $files \"\$destination\$here/\""
}

# Copies files into directory $1. Bits that change who a program runs as do not go along.
copy_into() {
  directory=$1
  shift
  for file in "$@"; do
    lower_rights "$file"
  done
  cp -pP -- "$@" "$directory/"
}

# Gives files to $1, an account and a group. A number is no name, though a program would take it. The
# words for one that is unknown are those of the agent of AWS.
change_owner() {
  owner=$1
  shift
  case ${owner%%:*} in
    "" | *[!0-9]*) ;;
    *) fail "can${apostrophe}t find user for ${owner%%:*}" ;;
  esac
  case $owner in
    *:*[!0-9]*) ;;
    *:*[0-9]) fail "can${apostrophe}t find group for ${owner#*:}" ;;
  esac
  message=$(chown -- "$owner" "$@" 2>&1 >/dev/null) && return 0
  case $message in
    *"invalid user"* | *"unknown user"*) fail "can${apostrophe}t find user for ${owner%%:*}" ;;
    *"invalid group"* | *"unknown group"*) fail "can${apostrophe}t find group for ${owner#*:}" ;;
  esac
  fail "$message"
}

# Runs a program; its process and its end come into $number and $code.
run_program() {
  "$@" >/dev/null 2>&1 &
  number=$!
  code=0
  wait "$number" || code=$?
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
    run_program setfacl --set "$entries" -- "$file"
    [ "$code" = 0 ] || fail "The deployment failed because of a problem with the acls permission settings in the application specification file for this object: $file. Failed command: setfacl --set $entries $file. Exit code: pid $number exit $code"
  done
}

# Sets the SELinux context, with $1 user, $2 type and $3 range, of which user and range may be empty.
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
    run_program semanage "$@" "$real"
    command="semanage $* $real"
    if [ "$code" = 0 ]; then
      command="restorecon -v $real"
      run_program restorecon -v "$real"
    fi
    [ "$code" = 0 ] || fail "The deployment failed because the application specification file contains an error in the settings for the context parameter. Update the permissions section of the AppSpec file, and then try again. Failed command: $command. Exit code: pid $number exit $code"
    printf "semanage\000%s\n" "$real" >>"$cleanup"
  done
}

# Removes the SELinux context of each path.
forget_contexts() {
  for path in "$@"; do
    semanage fcontext -d "$path" >/dev/null 2>&1
  done
  return 0
}

# The steps of an event without scripts: a word, the number of bytes of the names that follow with a
# zero byte behind each, or the number of texts that follow in their place, and more words. Some have
# texts before their names.
run_steps() {
  keeps_bits=
  export ticket cleanup apostrophe keeps_bits
  while read -r word bytes count first second third; do
    case $word in
      sweep) sweep "$first" ;;
      keep-set-id-bits) keeps_bits=1 ;;
      unpack) unpack "$first" "$second" "$third" ;;
      recent) point "$instructions/${group}_most_recent_install" ;;
      last) point "$instructions/${group}_last_successful_install" ;;
      remove) each rm -f -- ;;
      rmdir) each_in_role remove_directories ;;
      forget) each_in_role forget_contexts ;;
      begin)
        # What is a plain file of ours is as good as a new one.
        { [ -O "$cleanup" ] && [ -f "$cleanup" ] && [ ! -L "$cleanup" ]; } || must rm -f "$cleanup"
        must mv "$link/install.json" "$instructions/$group-install.json"
        : >"$cleanup" || fail "cannot write $cleanup"
        ;;
      mkdir) make_directories ;;
      list) list ;;
      tree)
        { text && source=$text && text; } || broken
        each_in_role copy_tree "$source" "$text"
        ;;
      copy)
        text || broken
        each_in_role copy_into "$text"
        ;;
      chmod) each chmod -- "$first" ;;
      chown)
        text || broken
        each_in_role change_owner "$text"
        ;;
      setfacl)
        text || broken
        each_in_role set_acl "$text"
        ;;
      semanage)
        { text && user=$text && text && type=$text && text; } || broken
        each_in_role set_context "$user" "$type" "$text"
        ;;
      *) fail "The runner does not know the step $word." ;;
    esac
  done
}

# A step of another process of this runner, over some of many names.
run_step() {
  # This ends xargs too.
  leave=255
  "$@" || exit 255
}
