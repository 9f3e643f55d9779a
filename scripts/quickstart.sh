#!/usr/bin/env bash
# From a bare Debian 12 to a record: installs what is missing, builds the release program, reads the sample reports and
# prints the timeline, where governments differ, and what was promised. Leaves the program in build/release/app/demarche
# and the record in build/quickstart.db.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
install_packages build

echo "== building"
cmake --preset release -DDEMARCHE_TESTS=OFF >/dev/null
cmake --build --preset release --target demarche
demarche=build/release/app/demarche
record=build/quickstart.db

echo
echo "== reading the sample reports"
rm -f "$record" "$record"-wal "$record"-shm
"$demarche" read --record "$record" samples/*.html samples/*.txt

echo
echo "== what happened (demarche timeline)"
"$demarche" timeline --record "$record"
echo
echo "== where parties differ about one event (demarche divergence)"
"$demarche" divergence --record "$record"
echo
echo "== what was promised, threatened, demanded, and what became of it (demarche commitments)"
"$demarche" commitments --record "$record"
echo
echo "The record is $record; ask it more with"
echo "  $demarche statements --record $record --party CHN"
echo "  $demarche why --record $record ID       (an id from any answer)"
