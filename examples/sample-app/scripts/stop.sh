#!/bin/sh
# ApplicationStop: ends the process that ApplicationStart of this revision wrote down.
# shellcheck source=scripts/service.sh
. "$(dirname "$0")/service.sh"

stop_service
