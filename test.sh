#!/usr/bin/env bash
# Sets up what the tests need and runs every test there is: .NET, browser app, browser. Ends with one line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

say() { printf '\n== %s\n' "$*"; }

need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "test.sh needs $1: $2" >&2
  echo "0 passed, 1 failed"
  exit 1
}

need dotnet "install the .NET 10 SDK"
need node "install Node.js 20.19 or later"

find_chromium() {
  for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

find_postgres() {
  for folder in "${POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && echo "$folder" && return
  done
  command -v initdb >/dev/null 2>&1 && dirname "$(command -v initdb)"
}

missing=
# The headless shell is the same engine without a window's weight: the browser tests take little more than half as long in it.
CHROMIUM=$(find_chromium) || missing="chromium-headless-shell"
find_postgres >/dev/null || missing="$missing postgresql"
if [ -n "$missing" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  say "Installing from Debian: $missing (a few minutes)"
  install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$results/apt.log" 2>&1; }
  apt-get update -q >>"$results/apt.log" 2>&1
  for package in $missing; do
    install "$package" || { [ "$package" = chromium-headless-shell ] && install chromium; } || tail -5 "$results/apt.log"
  done
  CHROMIUM=$(find_chromium) || CHROMIUM=
fi
if [ -z "${CHROMIUM:-}" ]; then
  echo "The browser tests need Chromium: install your system's 'chromium' package, or set CHROMIUM to a Chrome's path." >&2
  failed=$((failed + 1))
fi
export CHROMIUM
without=
if ! find_postgres >/dev/null; then
  echo "The tests of the PostgreSQL journal need PostgreSQL 15 or later: install your system's 'postgresql' package, or set POSTGRES_BIN to the folder of its programs." >&2
  failed=$((failed + 1)) without='FullyQualifiedName!~Postgre'
fi

count() { # adds up one .trx file
  local counters
  counters=$(grep -o '<Counters [^>]*' "$1" | head -1)
  local of; of() { echo "$counters" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'; }
  local total ok
  total=$(of total) ok=$(of passed)
  local bad=$(( $(of failed) + $(of error) + $(of timeout) + $(of aborted) ))
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
}

say "Building (npm packages and browser app included)"
if dotnet build LiveCoCreate.sln -c Release -v quiet; then :; else
  echo "The solution does not build." >&2
  echo "0 passed, 1 failed"
  exit 1
fi

for project in Fast Live Browser; do
  [ "$project" = Browser ] && [ -z "$CHROMIUM" ] && continue
  say "tests/$project"
  if ! dotnet test "tests/$project" -c Release --no-build ${without:+--filter "$without"} --logger "trx;LogFileName=$results/$project.trx" --logger "console;verbosity=minimal" --nologo; then
    [ -f "$results/$project.trx" ] || failed=$((failed + 1))
  fi
  [ -f "$results/$project.trx" ] && count "$results/$project.trx"
  # A test run that crashed has counted no failure of its own.
  grep -q 'outcome="Failed"' "$results/$project.trx" 2>/dev/null && grep -q 'RunInfo outcome="Error"' "$results/$project.trx" && [ "$failed" = 0 ] && failed=1
done

if [ "${CLUSTER:-}" = 1 ]; then
  say "tests/Cluster"
  if ! dotnet test tests/Cluster -c Release -p:Orleans=true ${without:+--filter "$without"} --logger "trx;LogFileName=$results/Cluster.trx" --logger "console;verbosity=minimal" --nologo; then
    [ -f "$results/Cluster.trx" ] || failed=$((failed + 1))
  fi
  [ -f "$results/Cluster.trx" ] && count "$results/Cluster.trx"
else
  say "tests/Cluster is left out (silos on Orleans): CLUSTER=1 ./test.sh runs it too"
fi

say "web/client"
if (cd web/client && npm run check --silent && npx vitest run --reporter=default --reporter=json --outputFile="$results/client.json"); then :; else
  [ -f "$results/client.json" ] || failed=$((failed + 1))
fi
if [ -f "$results/client.json" ]; then
  read -r ok bad < <(node -e 'const r = require(process.argv[1]); console.log(r.numPassedTests, r.numFailedTests + (r.success || r.numFailedTests ? 0 : 1))' "$results/client.json")
  passed=$((passed + ok)) failed=$((failed + bad))
else
  failed=$((failed + 1))
fi

if [ "$skipped" -gt 0 ] && [ "${CI:-}" = true ]; then
  echo "$skipped tests were skipped; with CI=true that is a failure." >&2
  failed=$((failed + skipped)) skipped=0
fi
echo
if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" = 0 ]
