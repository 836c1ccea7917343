# shellcheck shell=sh disable=SC2034 # read by the hooks that source this file
# What the hooks share. A host says where the service listens in
# /etc/sample-web.conf (ADDRESS, PORT, and SERVER to choose one); with a host
# root, as when many hosts share a machine, everything lies below that.
set -eu

revision=$(cd "$(dirname "$0")/.." && pwd)
root=${SLIPWAY_HOST_ROOT:-}
home=$root/srv/sample-web
state=$root/var/lib/sample-web

ADDRESS=127.0.0.1
PORT=8080
# shellcheck source=/dev/null
[ ! -f "$root/etc/sample-web.conf" ] || . "$root/etc/sample-web.conf"
export SERVER="${SERVER:-}"

pause() { sleep 0.1 2>/dev/null || sleep 1; }

# When a process began: its id alone may have gone to another one since. Nothing
# for a dead one, even if nobody has collected it yet (state Z).
birth() {
  if [ -d /proc/self ]; then
    sed -n 's/.*) \([^ZX] .*\)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
  else
    ps -o lstart= -p "$1" 2>/dev/null || true
  fi
}

runs() { [ -n "$2" ] && [ "$(birth "$1")" = "$2" ]; }

stop_service() {
  if [ ! -f "$state/pid" ]; then
    echo "no service to stop"
    return 0
  fi
  pid='' began=''
  { read -r pid && read -r began; } <"$state/pid" || true
  if runs "$pid" "$began"; then
    kill "$pid"
    tries=0
    while runs "$pid" "$began" && [ "$tries" -lt 100 ]; do
      pause
      tries=$((tries + 1))
    done
    ! runs "$pid" "$began" || kill -9 "$pid"
    echo "stopped process $pid"
  else
    echo "process ${pid:-unknown} ended before"
  fi
  rm -f "$state/pid"
}

# Prints what the service answers; fails when it does not.
ask() {
  url=http://$ADDRESS:$PORT/$1
  if command -v curl >/dev/null; then
    curl -fsS --noproxy '*' --max-time 5 "$url"
  elif command -v wget >/dev/null; then
    http_proxy='' wget -q -T 5 -O - "$url"
  elif command -v python3 >/dev/null; then
    http_proxy='' python3 -c 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=5).read().decode(), end="")' "$url"
  elif [ -f "$home/bin/Web.class" ]; then
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$home/bin" Web "$url"
  else
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$home/bin/Web.java" "$url"
  fi
}
