#!/usr/bin/env bash
# ./build.sh [target] [more Cake arguments]; the targets are the tasks of build.cake.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore > /dev/null
exec dotnet cake --target="${1:-default}" "${@:2}"
