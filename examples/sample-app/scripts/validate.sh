#!/bin/sh
# ValidateService: the service must be of this revision and feel well.
# shellcheck source=service.sh source-path=SCRIPTDIR
. "$(dirname "$0")/service.sh"

expected=$(cat "$revision/VERSION")
version=$(ask VERSION)
if [ "$version" != "$expected" ]; then
  echo "the service at $ADDRESS:$PORT is $version, but this revision is $expected" >&2
  exit 1
fi

health=$(ask health)
if [ "$health" != ok ]; then
  echo "version $version at $ADDRESS:$PORT says: $health" >&2
  exit 1
fi

# A host with this file plays one that does not get along with some versions.
if grep -qxF "$version" "$root/etc/sample-web.refuses" 2>/dev/null; then
  echo "this host refuses version $version" >&2
  exit 1
fi
echo "version $version is in service at $ADDRESS:$PORT"
