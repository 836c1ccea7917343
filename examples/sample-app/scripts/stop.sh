#!/bin/sh
# ApplicationStop: ends the process that ApplicationStart of this revision wrote down.
# shellcheck source=service.sh source-path=SCRIPTDIR
. "$(dirname "$0")/service.sh"

stop_service
