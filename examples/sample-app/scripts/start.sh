#!/bin/sh
# ApplicationStart: starts the service and waits until it answers.
# shellcheck source=service.sh source-path=SCRIPTDIR
. "$(dirname "$0")/service.sh"

mkdir -p "$state"
stop_service

detach="nohup"
! command -v setsid >/dev/null || detach="setsid"

# The service must not hold this script's output open: whoever runs a hook waits for that.
cd /
"$detach" "$home/bin/serve" "$ADDRESS" "$PORT" "$home/www" </dev/null >"$state/log" 2>&1 &
pid=$!
began=$(birth "$pid")
printf '%s\n%s\n' "$pid" "$began" >"$state/pid"

tries=0
until ask VERSION >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -ge 200 ] || ! runs "$pid" "$began"; then
    echo "the service does not answer at $ADDRESS:$PORT; it said:" >&2
    tail -n 20 "$state/log" >&2
    stop_service
    exit 1
  fi
  pause
done
echo "process $pid answers at $ADDRESS:$PORT"
